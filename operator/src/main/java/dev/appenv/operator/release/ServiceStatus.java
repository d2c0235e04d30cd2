package dev.appenv.operator.release;

import dev.appenv.operator.release.RunningState.Container;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
     * Runs, or ended well where that is how it should be. Without a health check no more is known.
     */
    HEALTHY
  }

  /** Of every active service of the release, by name. */
  public static SortedMap<String, ServiceStatus> of(DesiredRelease desired, RunningState live) {
    var all = new TreeMap<String, ServiceStatus>();
    desired.compose().services().values().stream()
        .filter(service -> service.active() && service.replicas() > 0)
        .forEach(service -> all.put(service.name(), of(service, desired, live)));
    return all;
  }

  public static boolean allHealthy(DesiredRelease desired, RunningState live) {
    return of(desired, live).values().stream().allMatch(s -> s.health() == ServiceHealth.HEALTHY);
  }

  private static ServiceStatus of(
      ComposeService service, DesiredRelease desired, RunningState live) {
    List<Container> containers = desired.containersOf(service, live);
    return new ServiceStatus(
        service.name(),
        desired.reference(service),
        containers.stream()
            .filter(c -> c.running() || service.runsToCompletion())
            .findFirst()
            .map(Container::reference)
            .orElse(null),
        containers.size() < service.replicas()
            ? ServiceHealth.STOPPED
            : containers.stream()
                .map(container -> health(service, container))
                .min(Comparator.naturalOrder())
                .orElse(ServiceHealth.STOPPED));
  }

  private static ServiceHealth health(ComposeService service, Container container) {
    if (service.runsToCompletion() && container.endedWell()) {
      return ServiceHealth.HEALTHY;
    }
    return switch (container.state()) {
      case "running" ->
          switch (container.health()) {
            case NONE, HEALTHY -> ServiceHealth.HEALTHY;
            case STARTING -> ServiceHealth.STARTING;
            case UNHEALTHY -> ServiceHealth.UNHEALTHY;
          };
      case "restarting" -> ServiceHealth.UNHEALTHY;
      default -> ServiceHealth.STOPPED;
    };
  }
}
