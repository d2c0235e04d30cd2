package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is in flight, or what blocks. The token is stable over restarts. */
public record OperationStatus(
    @JsonPropertyDescription("What is being changed, by its logical name.") String resource,
    @JsonPropertyDescription("Create, Update, Delete or Observe.") String action,
    @JsonPropertyDescription("Create only: the client token that makes AWS create it once.")
        @Nullable String token,
    @JsonPropertyDescription("Create only: the id under which it is created, where we choose it.")
        @Nullable String id,
    @JsonPropertyDescription("When it began.") Instant since,
    @JsonPropertyDescription("Why it cannot go on, and what to do. Absent while it goes on.")
        @Nullable String blocked) {}
