package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.SecretRef;
import dev.appenv.operator.release.MachineKeys;
import dev.appenv.operator.release.SshKeyPair;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets of an environment's namespace: those it names, and the one with its machine's keys.
 */
final class Secrets {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String MANAGER = "appenv";
  private static final String CLIENT_KEY = "ssh-privatekey";
  private static final String CLIENT_PUBLIC_KEY = "ssh-publickey";
  private static final String HOST_KEY = "host-key";
  private static final String HOST_PUBLIC_KEY = "host-key.pub";

  sealed interface Answer<T> {
    record Here<T>(T value) implements Answer<T> {}

    record Missing<T>(Problem problem) implements Answer<T> {}
  }

  private final KubernetesClient client;

  Secrets(KubernetesClient client) {
    this.client = client;
  }

  /** A Secret's values, decoded. {@code field} is the path of what names it. */
  Answer<Map<String, String>> read(AppEnvironment environment, SecretRef ref, String field) {
    var secret = get(environment.getMetadata().getNamespace(), ref.name());
    return secret == null
        ? new Answer.Missing<>(
            Problem.person(
                "SecretNotFound",
                "%s: there is no Secret %s in namespace %s; create it"
                    .formatted(field, ref.name(), environment.getMetadata().getNamespace())))
        : new Answer.Here<>(decoded(secret));
  }

  /**
   * The keys of the environment's machine; made when there are none.
   *
   * @param made whether a machine exists already that only the old keys would open; asked only when
   *     there are none
   * @param adopting whether keys that were kept with a machine become the environment's own
   */
  Answer<MachineKeys> machineKeys(
      AppEnvironment environment, BooleanSupplier made, boolean adopting) {
    var name = machineSecret(environment);
    var namespace = environment.getMetadata().getNamespace();
    var secret = get(namespace, name);
    if (secret != null) {
      if (adopting && wasKept(secret)) own(secret, List.of(ownedBy(environment)));
      return keys(name, decoded(secret));
    }
    if (made.getAsBoolean())
      return new Answer.Missing<>(
          Problem.person(
              "SecretNotFound",
              "Secret %s with the keys of the machine is gone; restore it, or delete the instance in AWS to get a new machine with new keys"
                  .formatted(name)));
    var keys = MachineKeys.generate();
    try {
      client.secrets().inNamespace(namespace).resource(secret(environment, keys)).create();
      return new Answer.Here<>(keys);
    } catch (KubernetesClientException e) {
      var other = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? get(namespace, name) : null;
      if (other == null) throw e;
      return keys(name, decoded(other));
    }
  }

  /** The keys stay with a machine that stays. */
  void keepMachineKeys(AppEnvironment environment) {
    var secret = get(environment.getMetadata().getNamespace(), machineSecret(environment));
    if (secret != null && !secret.getMetadata().getOwnerReferences().isEmpty())
      own(secret, List.of());
  }

  private static boolean wasKept(Secret secret) {
    var metadata = secret.getMetadata();
    return metadata.getOwnerReferences().isEmpty()
        && metadata.getLabels() != null
        && MANAGER.equals(metadata.getLabels().get(MANAGED_BY));
  }

  private void own(Secret secret, List<OwnerReference> owners) {
    client
        .resource(secret)
        .edit(s ->
            new SecretBuilder(s).editMetadata().withOwnerReferences(owners).endMetadata().build());
  }

  private static OwnerReference ownedBy(AppEnvironment environment) {
    return new OwnerReferenceBuilder()
        .withApiVersion(environment.getApiVersion())
        .withKind(environment.getKind())
        .withName(environment.getMetadata().getName())
        .withUid(environment.getMetadata().getUid())
        .build();
  }

  private static String machineSecret(AppEnvironment environment) {
    return environment.getMetadata().getName() + "-ssh";
  }

  private @Nullable Secret get(String namespace, String name) {
    return client.secrets().inNamespace(namespace).withName(name).get();
  }

  private static Secret secret(AppEnvironment environment, MachineKeys keys) {
    var owner = environment.getMetadata();
    return new SecretBuilder()
        .withMetadata(
            new ObjectMetaBuilder()
                .withName(machineSecret(environment))
                .withNamespace(owner.getNamespace())
                .addToLabels(MANAGED_BY, MANAGER)
                .withOwnerReferences(ownedBy(environment))
                .build())
        .withType("kubernetes.io/ssh-auth")
        .addToStringData(CLIENT_KEY, keys.client().privateKey())
        .addToStringData(CLIENT_PUBLIC_KEY, keys.client().publicKey())
        .addToStringData(HOST_KEY, keys.host().privateKey())
        .addToStringData(HOST_PUBLIC_KEY, keys.host().publicKey())
        .build();
  }

  private static Answer<MachineKeys> keys(String secret, Map<String, String> data) {
    for (var key : List.of(CLIENT_KEY, CLIENT_PUBLIC_KEY, HOST_KEY, HOST_PUBLIC_KEY))
      if (!data.containsKey(key))
        return new Answer.Missing<>(
            Problem.person(
                "SecretIncomplete",
                "Secret %s has no key %s; restore it, or delete the Secret and the instance in AWS"
                    .formatted(secret, key)));
    return new Answer.Here<>(
        new MachineKeys(
            new SshKeyPair(value(data, CLIENT_KEY), value(data, CLIENT_PUBLIC_KEY)),
            new SshKeyPair(value(data, HOST_KEY), value(data, HOST_PUBLIC_KEY))));
  }

  private static String value(Map<String, String> data, String key) {
    return data.getOrDefault(key, "");
  }

  private static Map<String, String> decoded(Secret secret) {
    var data = new HashMap<String, String>();
    if (secret.getData() != null)
      secret
          .getData()
          .forEach((key, value) ->
              data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return data;
  }
}
