package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * What keeps an environment from going before all that it owns has gone. The framework puts it on.
 * It cannot take it off: its patch is the difference to what a cache shows, which is older than the
 * status that was written in the same pass, and the API server refuses it.
 */
final class Finalizer {
  static final String NAME = "appenv.dev/finalizer";

  private final KubernetesClient client;

  Finalizer(KubernetesClient client) {
    this.client = client;
  }

  /** Takes it off this object, and off no other of the same name; others' finalizers stay. */
  void remove(AppEnvironment environment) {
    var resource = client.resource(environment);
    var now = resource.get();
    if (now == null) return;
    var place = now.getMetadata().getFinalizers().indexOf(NAME);
    if (place < 0) return;
    resource.patch(
        PatchContext.of(PatchType.JSON),
        """
        [
          {"op": "test", "path": "/metadata/uid", "value": "%s"},
          {"op": "test", "path": "/metadata/finalizers/%2$d", "value": "%3$s"},
          {"op": "remove", "path": "/metadata/finalizers/%2$d"}
        ]
        """
            .formatted(environment.getMetadata().getUid(), place, NAME));
  }
}
