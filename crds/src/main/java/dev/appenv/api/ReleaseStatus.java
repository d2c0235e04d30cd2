package dev.appenv.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs on the machine, from which commit. */
public record ReleaseStatus(String commit, @Nullable List<ServiceStatus> services) {

  /**
   * @param desired the image that the commit asks for, with the digest it had when it was pulled
   * @param running the image that runs, with its digest
   * @param health Healthy, Unhealthy, Starting, Stopped or Missing
   */
  public record ServiceStatus(
      String name, String desired, @Nullable String running, String health) {}
}
