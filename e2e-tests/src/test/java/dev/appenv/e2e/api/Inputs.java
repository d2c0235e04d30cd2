package dev.appenv.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.appenv.e2e.project.Repository;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Collectors;

/** Examples as JSON, patches on them, and what the API server says to them. */
final class Inputs {
  static final YAMLMapper YAML = new YAMLMapper();
  static final String ACCEPTED = "accepted";
  private static final String API = "/apis/appenv.dev/v1alpha1/";

  /** How a message about no field in particular begins. */
  private static final String WHOLE = "<nil>";

  private Inputs() {}

  static ObjectNode example(String name) {
    try {
      return (ObjectNode) YAML.readTree(Repository.file("examples/" + name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON merge patch (RFC 7386): null removes, lists are replaced. */
  static <T extends JsonNode> T patched(T target, JsonNode patch) {
    if (target instanceof ObjectNode object)
      patch
          .properties()
          .forEach(entry -> {
            var value = entry.getValue();
            if (value.isNull()) object.remove(entry.getKey());
            else if (value.isObject())
              object.set(entry.getKey(), patched(object.withObjectProperty(entry.getKey()), value));
            else object.set(entry.getKey(), value);
          });
    return target;
  }

  static String environments(String namespace) {
    return API + "namespaces/" + namespace + "/appenvironments";
  }

  static String accounts() {
    return API + "awsaccounts";
  }

  static JsonNode create(KubernetesClient client, String path, JsonNode object) {
    return yaml(Objects.requireNonNull(client.raw(path, "POST", object)));
  }

  /**
   * As {@code kubectl apply --dry-run=server} would, and as it would print the answer; several
   * messages in a fixed order, for the API server gives them in none.
   */
  static String dryRun(KubernetesClient client, String verb, String path, JsonNode object) {
    try {
      client.raw(path + "?dryRun=All&fieldValidation=Strict", verb, object);
      return ACCEPTED;
    } catch (KubernetesClientException e) {
      var status = e.getStatus();
      if (!Objects.equals(status.getReason(), "Invalid")) return status.getMessage();
      return status.getDetails().getCauses().stream()
          .map(cause -> cause.getField() + ": " + cause.getMessage())
          .sorted(Comparator.comparing((String m) -> m.startsWith(WHOLE)).thenComparing(m -> m))
          .collect(Collectors.joining("<br>"));
    }
  }
}
