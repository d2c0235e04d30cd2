package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** An image without which the branch's commit is not released. */
public record AwaitedImageStatus(
    @JsonPropertyDescription("The service's name in the compose file.") String service,
    @JsonPropertyDescription("The image, with its tag.") String image,
    @JsonPropertyDescription("Since when it is known to be missing.") Instant since) {}
