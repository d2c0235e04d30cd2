package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Objects;

/**
 * Writes a whole status by server-side apply: what is left out is removed. Each write says which
 * version it follows, so that of two writers one is refused, as it is when the object is another of
 * the same name.
 */
final class StatusPatch implements StatusJournal.Store {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("appenv")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private AppEnvironment last;

  /**
   * @param read as the API server itself has it
   */
  StatusPatch(KubernetesClient client, AppEnvironment read) {
    this.client = client;
    this.last = read;
  }

  /**
   * @throws OtherWriterException when the status is not the one that was read or written last
   */
  @Override
  public void write(AppEnvironmentStatus status) {
    for (; ; ) {
      try {
        last = client.resource(following(status)).subresource("status").patch(APPLY);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || !specAloneHasChanged()) throw e;
      }
    }
  }

  private AppEnvironment following(AppEnvironmentStatus status) {
    var metadata = last.getMetadata();
    var patch = new AppEnvironment();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withUid(metadata.getUid())
            .withResourceVersion(metadata.getResourceVersion())
            .build());
    patch.setStatus(status);
    return patch;
  }

  /** Users write the same object, and need not wait for us. */
  private boolean specAloneHasChanged() {
    var before = last.getMetadata();
    var now = client.resource(last).get();
    if (now == null || !before.getUid().equals(now.getMetadata().getUid())) return false;
    if (now.getMetadata().getResourceVersion().equals(before.getResourceVersion())) return false;
    if (!Objects.equals(now.getStatus(), last.getStatus()))
      throw new OtherWriterException(before.getNamespace() + "/" + before.getName());
    last = now;
    return true;
  }
}
