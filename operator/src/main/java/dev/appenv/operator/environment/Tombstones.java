package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Scope;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept in the cluster of an environment's data that were deleted: which snapshot, of which
 * branch. It outlives the environment, so that another can be raised from it.
 */
final class Tombstones {
  private static final Logger LOG = LoggerFactory.getLogger(Tombstones.class);
  private static final String FIELD_MANAGER = "appenv";

  private final Consumer<ConfigMap> apply;

  /**
   * @param apply makes a ConfigMap or adds to it
   */
  Tombstones(Consumer<ConfigMap> apply) {
    this.apply = apply;
  }

  static Tombstones in(KubernetesClient client) {
    return new Tombstones(map ->
        client
            .resource(map)
            .patch(
                new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager(FIELD_MANAGER)
                    .withForce(true)
                    .build(),
                map));
  }

  static String nameFor(AppEnvironment environment) {
    return environment.getMetadata().getName() + "-tombstone";
  }

  /**
   * What is left.
   *
   * @param release what ran on the machine last; null when nothing did
   */
  record Remains(LogicalName resource, String snapshot, @Nullable ReleaseStatus release) {}

  /**
   * Returns when it is stored. In a namespace that is being deleted nothing can be stored any more;
   * the snapshot itself bears the environment's tags still.
   */
  void note(AppEnvironment environment, Scope scope, Remains remains, Instant now) {
    var source = environment.getSpec() == null ? null : environment.getSpec().source();
    var data = new TreeMap<String, String>();
    data.put("environment", scope.owner().path());
    data.put("uid", scope.owner().uid());
    data.put("account", scope.account());
    data.put("region", scope.region());
    data.put("resource", remains.resource().value());
    data.put("snapshot", remains.snapshot());
    data.put("time", now.toString());
    if (source != null) {
      data.put("repository", source.repository());
      data.put("branch", source.branch());
    }
    var release = remains.release();
    if (release != null) {
      data.put("commit", release.commit());
      data.put("images", images(release));
    }
    try {
      apply.accept(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace(scope.owner().namespace())
              .withName(nameFor(environment))
              .addToLabels("app.kubernetes.io/managed-by", "appenv")
              .endMetadata()
              .withData(data)
              .build());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) throw e;
      LOG.warn(
          "the tombstone with snapshot {} cannot be stored: {}",
          remains.snapshot(),
          e.getMessage());
    }
  }

  /** A line for each service. */
  private static String images(ReleaseStatus release) {
    var services = release.services();
    return services == null
        ? ""
        : services.stream()
            .map(service -> service.name() + "=" + service.desired())
            .sorted()
            .collect(Collectors.joining("\n"));
  }
}
