package dev.appenv.e2e.bed;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.DriftStatus;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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

  /** All drift that was ever named. */
  public List<DriftStatus> drift() {
    return versions.stream()
        .map(AppEnvironment::getStatus)
        .filter(status -> status != null && status.drift() != null)
        .flatMap(status -> status.drift().stream())
        .distinct()
        .toList();
  }

  @Override
  public void close() {
    watch.close();
  }
}
