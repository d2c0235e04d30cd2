package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One AWS resource of the environment.
 *
 * @param applied short hashes of the desired values last applied, by field: a difference in a field
 *     whose desired value did not change is drift
 */
public record ResourceStatus(
    @JsonPropertyDescription("Logical name, such as network.vpc.") String name,
    @JsonPropertyDescription("Id in AWS.") String id,
    @JsonPropertyDescription(
            "Pending, Ready, Deleting, Failed, Absent, Foreign, Duplicate or Unknown.")
        String phase,
    @JsonPropertyDescription("Short hashes of the values last applied, by field.")
        @Nullable Map<String, String> applied) {}
