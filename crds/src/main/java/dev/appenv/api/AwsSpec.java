package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the infrastructure lives. Immutable: AWS cannot move it. */
public record AwsSpec(
    @JsonPropertyDescription("The AWS account, described by an AwsAccount. Fixed at creation.")
        AccountRef accountRef,
    @JsonPropertyDescription("The AWS region, such as eu-central-1. Fixed at creation.")
        @Size(max = 32)
        @ValidationRule(
            value = "self.matches(r'" + Rules.REGION + "')",
            message = Rules.REGION_MESSAGE)
        @ValidationRule(value = Rules.IMMUTABLE, message = Rules.FIXED)
        String region) {}
