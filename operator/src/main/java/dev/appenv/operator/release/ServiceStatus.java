package dev.appenv.operator.release;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How one service does, as users read it in status.
 *
 * @param desired {@code name:tag} or {@code name:tag@sha256:...}
 * @param running the same of what runs; null when nothing does
 */
public record ServiceStatus(
    String name, String desired, @Nullable String running, ServiceHealth health) {

  /** Worst first. */
  public enum ServiceHealth {
    STOPPED,
    UNHEALTHY,
    STARTING,
    /**
     * Runs (or ended well, where that is how it should be). Without a health check no more is
     * known.
     */
    HEALTHY
  }

  /** Of every active service of the release, by name. */
  public static SortedMap<String, ServiceStatus> of(DesiredRelease desired, RunningState live) {
    throw new UnsupportedOperationException();
  }

  public static boolean allHealthy(DesiredRelease desired, RunningState live) {
    return of(desired, live).values().stream().allMatch(s -> s.health() == ServiceHealth.HEALTHY);
  }

  static List<RunningState.Container> containersOf(String service, RunningState live) {
    return live.containers().stream().filter(c -> c.service().equals(service)).toList();
  }
}
