package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Secrets that we make for an environment: they belong to it and go with it. */
final class GeneratedSecrets {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String MANAGER = "appenv";

  /** What a Secret is for; its name is the environment's with this suffix. */
  enum Purpose {
    MACHINE_KEYS("-ssh", "kubernetes.io/ssh-auth", true),
    PASSWORDS("-passwords", "Opaque", true),
    CREDENTIALS("-credentials", "Opaque", true),
    OUTPUTS("-outputs", "Opaque", false);

    private final String suffix;
    private final String type;
    private final boolean kept;

    /**
     * @param kept whether it stays with AWS resources that stay
     */
    Purpose(String suffix, String type, boolean kept) {
      this.suffix = suffix;
      this.type = type;
      this.kept = kept;
    }

    String nameIn(AppEnvironment environment) {
      return environment.getMetadata().getName() + suffix;
    }
  }

  private final SecretStore store;

  GeneratedSecrets(SecretStore store) {
    this.store = store;
  }

  /**
   * @param adopting whether one that was kept becomes the environment's own
   */
  Optional<Secret> get(AppEnvironment environment, Purpose purpose, boolean adopting) {
    var secret = get(environment, purpose);
    if (secret != null && adopting && wasKept(secret)) own(secret, List.of(ownedBy(environment)));
    return Optional.ofNullable(secret);
  }

  private @Nullable Secret get(AppEnvironment environment, Purpose purpose) {
    return store.get(environment.getMetadata().getNamespace(), purpose.nameIn(environment));
  }

  /** Makes it; fails when there is one. */
  void create(
      AppEnvironment environment,
      Purpose purpose,
      Map<String, String> data,
      Map<String, String> annotations) {
    var secret =
        new SecretBuilder()
            .withMetadata(
                new ObjectMetaBuilder()
                    .withName(purpose.nameIn(environment))
                    .withNamespace(environment.getMetadata().getNamespace())
                    .addToLabels(MANAGED_BY, MANAGER)
                    .withAnnotations(annotations.isEmpty() ? null : annotations)
                    .withOwnerReferences(ownedBy(environment))
                    .build())
            .withType(purpose.type)
            .withStringData(data)
            .build();
    store.create(secret);
  }

  /** Replaces what is in it; fails when somebody else has changed it since it was read. */
  void replace(Secret secret, Map<String, String> data, Map<String, String> annotations) {
    var changed =
        new SecretBuilder(secret)
            .withData(null)
            .withStringData(data)
            .editMetadata()
            .addToAnnotations(annotations)
            .endMetadata()
            .build();
    store.update(changed);
  }

  /** Those without which AWS resources that stay are of no use stay with them. */
  void keep(AppEnvironment environment) {
    for (var purpose : Purpose.values()) {
      var secret = purpose.kept ? get(environment, purpose) : null;
      if (secret != null && !secret.getMetadata().getOwnerReferences().isEmpty())
        own(secret, List.of());
    }
  }

  private static boolean wasKept(Secret secret) {
    var metadata = secret.getMetadata();
    return metadata.getOwnerReferences().isEmpty()
        && metadata.getLabels() != null
        && MANAGER.equals(metadata.getLabels().get(MANAGED_BY));
  }

  private void own(Secret secret, List<OwnerReference> owners) {
    store.update(
        new SecretBuilder(secret).editMetadata().withOwnerReferences(owners).endMetadata().build());
  }

  private static OwnerReference ownedBy(AppEnvironment environment) {
    return new OwnerReferenceBuilder()
        .withApiVersion(environment.getApiVersion())
        .withKind(environment.getKind())
        .withName(environment.getMetadata().getName())
        .withUid(environment.getMetadata().getUid())
        .build();
  }

  /** A Secret's values, decoded. */
  static Map<String, String> decoded(Secret secret) {
    var data = new HashMap<String, String>();
    if (secret.getData() != null)
      secret
          .getData()
          .forEach((key, value) ->
              data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return data;
  }
}
