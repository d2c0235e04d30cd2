package dev.appenv.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs on the machine, from which commit. */
public record ReleaseStatus(
    @JsonPropertyDescription("The commit that runs.") String commit,
    @JsonPropertyDescription("The services of the compose file.")
        @Nullable List<ServiceStatus> services) {

  public record ServiceStatus(
      @JsonPropertyDescription("The service's name in the compose file.") String name,
      @JsonPropertyDescription(
              "Image that the commit asks for, with the digest that the registry has for it.")
          String desired,
      @JsonPropertyDescription("Image that runs, with its digest.") @Nullable String running,
      @JsonPropertyDescription("Healthy, Unhealthy, Starting or Stopped.") String health) {}
}
