package dev.appenv.api;

/**
 * Which service of the compose file answers on the machine's port 80, and on which of its ports.
 */
public record IngressSpec(String service, Integer port) {}
