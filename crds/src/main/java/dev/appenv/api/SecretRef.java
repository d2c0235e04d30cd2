package dev.appenv.api;

/** A Secret in the namespace of the object that names it. */
public record SecretRef(String name) {}
