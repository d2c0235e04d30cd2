package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Where the resources are, noted before the first is created, so that deleting needs no spec. */
public record LocationStatus(
    @JsonPropertyDescription("Name of the AwsAccount.") String account,
    @JsonPropertyDescription("The AWS region.") String region,
    @JsonPropertyDescription("Id of this cluster, which marks the resources as ours.")
        String clusterId) {}
