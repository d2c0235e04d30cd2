package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The room for environments in one region of an account. */
public record CapacityStatus(
    @JsonPropertyDescription("The AWS region.") String region,
    @JsonPropertyDescription(
            "For how many more environments there is room, each as large as the largest there in"
                + " every respect. Absent while it is not known.")
        @Nullable Long environments,
    @JsonPropertyDescription("The quota that allows no more.") @Nullable QuotaStatus limitedBy,
    @JsonPropertyDescription("How many environments wait for room. Absent when none does.")
        @Nullable Integer waiting,
    @JsonPropertyDescription("The quotas that environments there take something of.")
        @Nullable List<QuotaStatus> quotas,
    @JsonPropertyDescription(
            "Those of them that could not be read, and why. They hold nothing back.")
        @Nullable List<String> unread) {}
