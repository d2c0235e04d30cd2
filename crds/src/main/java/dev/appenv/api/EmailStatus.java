package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

public record EmailStatus(
    @JsonPropertyDescription("Identity in SES that mail is sent from; absent while there is none.")
        @Nullable String identity,
    @JsonPropertyDescription(
            "Whether AWS has verified the identity; it sends nothing before. Absent while not known.")
        @Nullable Boolean verified,
    @JsonPropertyDescription(
            "true: the account is in the sandbox of SES in this region, and mail reaches verified"
                + " addresses only. Absent while not known.")
        @Nullable Boolean sandbox,
    @JsonPropertyDescription(
            "What keeps mail from being sent, and what to do. Absent when nothing does.")
        @Nullable String message) {}
