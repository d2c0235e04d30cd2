package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A condition as Kubernetes defines it ({@code metav1.Condition}). */
public record ConditionStatus(
    @JsonPropertyDescription("What the condition is about, such as Ready.") String type,
    @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("Why, as one word for programs.") String reason,
    @JsonPropertyDescription("Why, and what to do, for people.") String message,
    @JsonPropertyDescription("When status last changed.") Instant lastTransitionTime,
    @JsonPropertyDescription("Generation of the specification that this condition is about.")
        @Nullable Long observedGeneration) {}
