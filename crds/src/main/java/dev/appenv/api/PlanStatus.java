package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What is still to be done. Absent when live equals desired. */
public record PlanStatus(
    @JsonPropertyDescription("Names exactly this plan.") String hash,
    @JsonPropertyDescription("The changes in order, one line each.") List<String> changes) {}
