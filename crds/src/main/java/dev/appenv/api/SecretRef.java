package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A Secret in the namespace of the object that names it. */
public record SecretRef(
    @JsonPropertyDescription("Name of a Secret in this namespace.")
        @Size(max = 253)
        @ValidationRule(value = Rules.OBJECT_NAME, message = Rules.OBJECT_NAME_MESSAGE)
        String name) {}
