package dev.appenv.e2e.bed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.appenv.api.AppEnvironment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;

/** JSON merge patches of specifications. */
final class Patches {
  private static final ObjectMapper YAML = new YAMLMapper();

  private Patches() {}

  static AppEnvironment merge(String manifest, List<String> patches) {
    var tree = read(manifest);
    for (var patch : patches) merge((ObjectNode) tree.get("spec"), read(patch));
    return Serialization.unmarshal(Serialization.asYaml(tree), AppEnvironment.class);
  }

  private static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(field -> {
          var old = target.get(field.getKey());
          if (old instanceof ObjectNode inner && field.getValue().isObject())
            merge(inner, field.getValue());
          else target.set(field.getKey(), field.getValue());
        });
  }

  /** A merge patch of a whole object, as JSON. */
  static String ofSpec(String patch) {
    return "{\"spec\": %s}".formatted(Serialization.asJson(read(patch)));
  }

  static String ofAnnotation(String annotation, String value) {
    return Serialization.asJson(
        Map.of("metadata", Map.of("annotations", Map.of(annotation, value))));
  }
}
