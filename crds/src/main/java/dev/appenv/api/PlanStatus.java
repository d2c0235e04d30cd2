package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is still to be done. Absent when live equals desired. */
public record PlanStatus(
    @JsonPropertyDescription("Names exactly this plan.") String hash,
    @JsonPropertyDescription("The changes in order, one line each.") List<String> changes,
    @JsonPropertyDescription(
            "What waits for approval, each by a hash: annotate this object with"
                + " appenv.dev/approve and this value. Absent when nothing waits.")
        @Nullable String approval) {}
