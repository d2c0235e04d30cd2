package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One difference that nobody asked for. */
public record DriftStatus(
    @JsonPropertyDescription(
            "What differs, such as network.machineSecurityGroup or release.backend.")
        String resource,
    @JsonPropertyDescription("The field that differs, such as ingress[tcp/5432 from 0.0.0.0/0].")
        String field,
    @JsonPropertyDescription("What the specification asks for.") String desired,
    @JsonPropertyDescription("What is there.") String live,
    @JsonPropertyDescription("security, data, cost, release or cosmetic.") @JsonProperty("class")
        String driftClass,
    @JsonPropertyDescription("When it was first seen.") Instant since,
    @JsonPropertyDescription("What is done about it: Repairing or Reported.")
        @Nullable String action) {}
