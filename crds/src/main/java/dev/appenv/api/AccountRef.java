package dev.appenv.api;

/** An {@link AwsAccount} by name. */
public record AccountRef(String name) {}
