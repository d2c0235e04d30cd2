package dev.appenv.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an environment. Also the operator's write-ahead journal: {@code operations}
 * holds each create that was begun and {@code resources} each id that AWS gave, and {@code
 * location} all that deleting needs.
 */
public record AppEnvironmentStatus(
    @Nullable Long observedGeneration,
    @Nullable List<ConditionStatus> conditions,
    @Nullable String url,
    @Nullable String revision,
    @Nullable String driftSummary,
    @Nullable ReleaseStatus release,
    @Nullable List<DriftStatus> drift,
    @Nullable PlanStatus plan,
    @Nullable List<OperationStatus> operations,
    @Nullable List<ResourceStatus> resources,
    @Nullable LocationStatus location,
    @Nullable ResolvedStatus resolved) {}
