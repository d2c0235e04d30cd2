package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code accountId} and {@code identity} are what AWS says we are there. */
public record AwsAccountStatus(
    @JsonPropertyDescription("Generation of the specification that the rest of status is about.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready: the account can be reached as specified; if not, the message says why.")
        @Nullable List<ConditionStatus> conditions,
    @JsonPropertyDescription("The twelve-digit account number, as AWS says it.")
        @Nullable String accountId,
    @JsonPropertyDescription("ARN of the identity that the operator has there, as AWS says it.")
        @Nullable String identity) {}
