package dev.appenv.operator.release;

/**
 * Which service answers from outside: its container port is published as port 80 of the machine.
 */
public record Ingress(String service, int port) {}
