package dev.appenv.e2e.bed;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.DriftStatus;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** All versions of an environment since a moment, as a watch saw them. */
public final class History implements AutoCloseable {
  private final List<AppEnvironment> versions = new CopyOnWriteArrayList<>();
  private final Watch watch;

  History(Resource<AppEnvironment> resource) {
    watch =
        resource.watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, AppEnvironment version) {
                versions.add(version);
              }

              @Override
              public void onClose(WatcherException cause) {}
            });
  }

  public List<AppEnvironment> versions() {
    return List.copyOf(versions);
  }

  /** All drift that was ever named. */
  public List<DriftStatus> drift() {
    return statuses()
        .flatMap(s -> s.drift() == null ? Stream.of() : s.drift().stream())
        .distinct()
        .toList();
  }

  /** All that was ever said of a condition. */
  public List<ConditionStatus> condition(String type) {
    return statuses()
        .flatMap(s -> s.conditions() == null ? Stream.of() : s.conditions().stream())
        .filter(c -> c.type().equals(type))
        .distinct()
        .toList();
  }

  private Stream<dev.appenv.api.AppEnvironmentStatus> statuses() {
    return versions.stream()
        .flatMap(v -> v.getStatus() == null ? Stream.of() : Stream.of(v.getStatus()));
  }

  @Override
  public void close() {
    watch.close();
  }
}
