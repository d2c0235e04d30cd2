package dev.appenv.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A condition as Kubernetes defines it ({@code metav1.Condition}). {@code status} is True, False or
 * Unknown.
 */
public record ConditionStatus(
    String type,
    String status,
    String reason,
    String message,
    Instant lastTransitionTime,
    @Nullable Long observedGeneration) {}
