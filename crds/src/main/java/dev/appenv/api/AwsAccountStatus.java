package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code accountId} and {@code identity} are what AWS says we are there. */
public record AwsAccountStatus(
    @JsonPropertyDescription("Generation of the specification that the rest of status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready: the account can be reached as specified. PermissionsComplete: IAM's simulator"
                + " allows all that the operator may call. RegionsEnabled: the account may use its"
                + " regions. The messages say what to do.")
        @Nullable List<ConditionStatus> conditions,
    @JsonPropertyDescription("The twelve-digit account number, as AWS says it.")
        @Nullable String accountId,
    @JsonPropertyDescription("ARN of the identity that the operator has there, as AWS says it.")
        @Nullable String identity,
    @JsonPropertyDescription(
            "For how many more environments there is room, by region, such as: eu-central-1 3.")
        @Nullable String room,
    @JsonPropertyDescription(
            "The room in each region where environments are, at most 50 regions; read every few"
                + " minutes.")
        @Nullable List<CapacityStatus> capacity) {}
