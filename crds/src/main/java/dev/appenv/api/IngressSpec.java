package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

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
        Integer port,
    @JsonPropertyDescription(
            "DNS name of the application, in lower case, such as shop.example.com, at most 245"
                + " characters. Where the AwsAccount's hostedZone holds it, an A record that leads"
                + " to the machine is made there; else status.recordsToSet says what to set."
                + " Left out: the application is reached by the machine's address.")
        @Size(max = 245)
        @ValidationRule(value = Rules.DNS_NAME, message = Rules.DNS_NAME_MESSAGE)
        @Nullable String domain) {}
