package dev.appenv.operator.environment;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/** Where Secrets are. */
interface SecretStore {
  @Nullable Secret get(String namespace, String name);

  /** Fails when there is one of this name. */
  void create(Secret secret);

  /** Fails when somebody else has changed it since it was read. */
  void update(Secret secret);

  static SecretStore of(KubernetesClient client) {
    return new SecretStore() {
      @Override
      public @Nullable Secret get(String namespace, String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
      }

      @Override
      public void create(Secret secret) {
        client.resource(secret).create();
      }

      @Override
      public void update(Secret secret) {
        client.resource(secret).update();
      }
    };
  }
}
