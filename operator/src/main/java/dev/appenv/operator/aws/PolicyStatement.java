package dev.appenv.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A statement of an IAM policy that allows something.
 *
 * @param conditions for each context key the values that fulfil it
 */
record PolicyStatement(
    List<String> actions, List<String> resources, Map<String, List<String>> conditions) {
  private static final int RESOURCE = 5;

  static List<PolicyStatement> of(JsonNode policy) {
    return elements(policy.path("Statement"))
        .filter(statement -> statement.path("Effect").asText().equals("Allow"))
        .map(statement ->
            new PolicyStatement(
                texts(statement.path("Action")),
                texts(statement.path("Resource")),
                conditions(statement.path("Condition"))))
        .toList();
  }

  private static Map<String, List<String>> conditions(JsonNode operators) {
    var conditions = new TreeMap<String, List<String>>();
    for (var keys : operators)
      keys.properties().forEach(key -> conditions.put(key.getKey(), texts(key.getValue())));
    return conditions;
  }

  private static List<String> texts(JsonNode oneOrMany) {
    return elements(oneOrMany).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> elements(JsonNode oneOrMany) {
    if (oneOrMany.isMissingNode()) return Stream.of();
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false)
        : Stream.of(oneOrMany);
  }

  /**
   * One resource for each pattern, in this partition, account and region.
   *
   * @param partition such as {@code aws}
   */
  List<String> examples(String partition, String accountId, String region) {
    return resources.stream().map(r -> example(r, partition, accountId, region)).toList();
  }

  private static String example(String pattern, String partition, String accountId, String region) {
    var parts = new ArrayList<>(List.of(pattern.split(":", RESOURCE + 1)));
    if (parts.size() <= RESOURCE) return pattern;
    parts.set(1, partition);
    parts.set(3, parts.get(3).replace("*", region));
    parts.set(4, parts.get(4).replace("*", accountId));
    parts.set(RESOURCE, filled(parts.get(RESOURCE)));
    return String.join(":", parts);
  }

  /** What a pattern with wildcards matches. */
  static String filled(String pattern) {
    return pattern.replace("*", "appenv").replace('?', '0');
  }
}
