package dev.appenv.operator.environment;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Secrets as an API server keeps them: what is given as text is read as base64. */
final class MemorySecrets implements SecretStore {
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
  private int version;

  @Override
  public synchronized @Nullable Secret get(String namespace, String name) {
    return secrets.get(namespace + "/" + name);
  }

  @Override
  public synchronized void create(Secret secret) {
    if (secrets.containsKey(key(secret))) throw conflict(key(secret) + " is there already");
    store(secret);
  }

  @Override
  public synchronized void update(Secret secret) {
    var now = secrets.get(key(secret));
    if (now == null || !version(now).equals(version(secret)))
      throw conflict(key(secret) + " was changed meanwhile");
    store(secret);
  }

  /** Somebody else's hand. */
  synchronized void put(String namespace, String name, Map<String, String> data) {
    store(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withStringData(data)
            .build());
  }

  synchronized void remove(String namespace, String name) {
    secrets.remove(namespace + "/" + name);
  }

  private void store(Secret secret) {
    var data = new TreeMap<String, String>();
    if (secret.getData() != null) data.putAll(secret.getData());
    if (secret.getStringData() != null)
      data.putAll(
          secret.getStringData().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> base64(e.getValue()))));
    version++;
    secrets.put(
        key(secret),
        new SecretBuilder(secret)
            .editMetadata()
            .withResourceVersion(Integer.toString(version))
            .endMetadata()
            .withStringData(null)
            .withData(data)
            .build());
  }

  private static String key(Secret secret) {
    return secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
  }

  private static String version(Secret secret) {
    return String.valueOf(secret.getMetadata().getResourceVersion());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KubernetesClientException conflict(String message) {
    return new KubernetesClientException(message, HttpURLConnection.HTTP_CONFLICT, null);
  }
}
