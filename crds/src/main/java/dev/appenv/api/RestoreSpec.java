package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a database is made from. */
@ValidationRule(
    value = "has(self.snapshot) != has(self.environment)",
    message = "must name a snapshot or an environment, and not both")
public record RestoreSpec(
    @JsonPropertyDescription(
            "Id or ARN of an RDS snapshot that the account may use, such as"
                + " appenv-shop-main-0c6f2f0e-20261122-101500.")
        @Size(min = 1, max = 255)
        @Nullable String snapshot,
    @JsonPropertyDescription(
            "Name of an environment in the same namespace, present or former: the latest snapshot of"
                + " its database is taken, be it one of the daily backups or its last one.")
        @Size(max = 253)
        @ValidationRule(value = Rules.OBJECT_NAME, message = Rules.OBJECT_NAME_MESSAGE)
        @Nullable String environment) {}
