package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was looked up once and must not move by itself. */
public record ResolvedStatus(
    @JsonPropertyDescription("Id of the machine's image (AMI).") @Nullable String imageId,
    @JsonPropertyDescription("Availability zones of the subnets.")
        @Nullable List<String> availabilityZones,
    @JsonPropertyDescription("Id of the internet gateway of a shared VPC.")
        @Nullable String internetGatewayId) {}
