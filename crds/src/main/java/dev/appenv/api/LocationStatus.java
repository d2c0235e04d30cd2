package dev.appenv.api;

/** Where the resources are, noted before the first is created, so that deleting needs no spec. */
public record LocationStatus(String account, String region, String clusterId) {}
