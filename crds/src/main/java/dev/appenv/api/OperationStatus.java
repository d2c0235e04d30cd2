package dev.appenv.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is in flight, or what blocks.
 *
 * @param action Create, Update, Delete or Release
 * @param token Create only: the client token, stable over restarts
 * @param blocked why it cannot go on, and what to do; absent while it goes on
 */
public record OperationStatus(
    String resource,
    String action,
    @Nullable String token,
    Instant since,
    @Nullable String blocked) {}
