package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an environment. Also the operator's write-ahead journal: {@code operations}
 * holds each create that was begun and {@code resources} each id that AWS gave, and {@code
 * location} all that deleting needs.
 */
public record AppEnvironmentStatus(
    @JsonPropertyDescription("Generation of the specification that the rest of status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Value of the annotation appenv.dev/refresh for which everything was last read anew.")
        @Nullable String lastHandledRefresh,
    @JsonPropertyDescription(
            "Ready sums up; Reconciling: changes are under way; Stalled: it cannot go on without you; InfrastructureReady, Released, Healthy, Drifted and Approved say which part. The messages say what to do.")
        @Nullable List<ConditionStatus> conditions,
    @JsonPropertyDescription("Where the application answers.") @Nullable String url,
    @JsonPropertyDescription("Short id of the commit that runs.") @Nullable String revision,
    @JsonPropertyDescription(
            "How much differs, by class, such as: security 1, cost 2. Empty when nothing does.")
        @Nullable String driftSummary,
    @JsonPropertyDescription("What runs on the machine.") @Nullable ReleaseStatus release,
    @JsonPropertyDescription(
            "Images of the branch's commit that the registry does not have yet. Absent when there are none.")
        @Nullable List<AwaitedImageStatus> awaitedImages,
    @JsonPropertyDescription("How mail stands. Absent when spec.email is.")
        @Nullable EmailStatus email,
    @JsonPropertyDescription("Every difference that nobody asked for.")
        @Nullable List<DriftStatus> drift,
    @JsonPropertyDescription("What is still to be done. Absent when nothing is.")
        @Nullable PlanStatus plan,
    @JsonPropertyDescription("What is in flight in AWS or on the machine, and what blocks.")
        @Nullable List<OperationStatus> operations,
    @JsonPropertyDescription(
            "DNS records that you have to set, at most 20. Absent when there are none.")
        @Nullable List<RecordToSetStatus> recordsToSet,
    @JsonPropertyDescription("The AWS resources that the environment owns.")
        @Nullable List<ResourceStatus> resources,
    @JsonPropertyDescription("Where the resources are, noted before the first was created.")
        @Nullable LocationStatus location,
    @JsonPropertyDescription("What was looked up once and stays, such as the image of the machine.")
        @Nullable ResolvedStatus resolved) {}
