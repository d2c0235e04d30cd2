package dev.appenv.operator.aws.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Policies in JSON, in one text for all documents that mean the same. */
public final class PolicyDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names that people give, without a meaning. */
  private static final Set<String> MEANINGLESS = Set.of("Id", "Sid");

  private PolicyDocument() {}

  /** Of a bucket, in the partition of a region. */
  public static String bucketArn(String region, String bucket) {
    return "arn:%s:s3:::%s".formatted(PartitionMetadata.of(Region.of(region)).id(), bucket);
  }

  /** A list of one is the same as its element, and order says nothing. */
  public static String canonical(String policy) {
    try {
      return canonical(JSON.readTree(policy)).toString();
    } catch (JsonProcessingException e) {
      // Whatever it means, it is not ours.
      return policy;
    }
  }

  private static JsonNode canonical(JsonNode node) {
    var nodes = JsonNodeFactory.instance;
    if (node.isObject()) {
      if (node.size() == 1 && "*".equals(node.path("AWS").asText())) return nodes.textNode("*");
      var sorted = new TreeMap<String, JsonNode>();
      node.properties().stream()
          .filter(field -> !MEANINGLESS.contains(field.getKey()))
          .forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
      var object = nodes.objectNode();
      sorted.forEach(object::set);
      return object;
    }
    if (node.isArray()) {
      if (node.size() == 1) return canonical(node.get(0));
      var elements =
          StreamSupport.stream(node.spliterator(), false)
              .map(PolicyDocument::canonical)
              .sorted(Comparator.comparing(JsonNode::toString))
              .collect(Collectors.toList());
      return nodes.arrayNode().addAll(elements);
    }
    return nodes.textNode(node.asText());
  }
}
