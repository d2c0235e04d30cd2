package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Which service of the compose file answers on the machine's port 80, and on which of its ports.
 */
public record IngressSpec(
    @JsonPropertyDescription(
            "Service of the compose file that gets the requests to port 80 of the machine.")
        @Size(max = 63)
        @ValidationRule(
            value = "self.matches(r'^[a-zA-Z0-9][a-zA-Z0-9._-]*$')",
            message =
                "must be the name of a service in the compose file: letters, digits, '.', '_' and"
                    + " '-', beginning with a letter or digit")
        String service,
    @JsonPropertyDescription("Port that the service listens on inside its container, 1 to 65535.")
        @Min(1)
        @Max(65535)
        Integer port) {}
