package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How far one of AWS's quotas is used up. */
public record QuotaStatus(
    @JsonPropertyDescription("What is counted, such as VPCs.") String name,
    @JsonPropertyDescription("Service, as Service Quotas names it, such as vpc.") String service,
    @JsonPropertyDescription("Code of the quota, as Service Quotas names it, such as L-F678F1CE.")
        String code,
    @JsonPropertyDescription("How much is there, whoever made it.") long used,
    @JsonPropertyDescription("How much there may be.") long limit,
    @JsonPropertyDescription(
            "true: the limit is AWS's default, for the account's own could not be read. Absent"
                + " otherwise.")
        @Nullable Boolean assumed) {}
