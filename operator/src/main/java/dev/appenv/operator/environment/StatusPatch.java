package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * Writes a whole status by server-side apply: what is left out is removed. Refused when the object
 * is another of the same name.
 */
final class StatusPatch implements StatusJournal.Store {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("appenv")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final AppEnvironment environment;

  StatusPatch(KubernetesClient client, AppEnvironment environment) {
    this.client = client;
    this.environment = environment;
  }

  @Override
  public void write(AppEnvironmentStatus status) {
    var metadata = environment.getMetadata();
    var patch = new AppEnvironment();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withUid(metadata.getUid())
            .build());
    patch.setStatus(status);
    client.resource(patch).subresource("status").patch(APPLY);
  }
}
