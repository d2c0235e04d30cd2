package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An {@link AwsAccount} by name. */
public record AccountRef(
    @JsonPropertyDescription("Name of an AwsAccount that allows this namespace.")
        @Size(max = 253)
        @ValidationRule(value = Rules.OBJECT_NAME, message = Rules.OBJECT_NAME_MESSAGE)
        @ValidationRule(value = Rules.IMMUTABLE, message = Rules.FIXED)
        String name) {}
