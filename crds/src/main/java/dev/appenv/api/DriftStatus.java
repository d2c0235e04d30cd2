package dev.appenv.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One difference that nobody asked for. {@code action} is what is done about it: Repairing,
 * Reported.
 */
public record DriftStatus(
    String resource,
    String field,
    String desired,
    String live,
    @com.fasterxml.jackson.annotation.JsonProperty("class") String driftClass,
    Instant since,
    @Nullable String action) {}
