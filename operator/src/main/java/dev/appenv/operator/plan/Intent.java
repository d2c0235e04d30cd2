package dev.appenv.operator.plan;

import java.time.Instant;

/**
 * A create that is about to be called.
 *
 * @param token the client token: the same for every repetition of this create
 */
public record Intent(LogicalName name, String token, Instant since) {}
