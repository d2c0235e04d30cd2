package dev.appenv.operator.aws.storage;

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

/** The policy of a bucket, as JSON, and in one text for all documents that mean the same. */
final class BucketPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names that people give, without a meaning. */
  private static final Set<String> MEANINGLESS = Set.of("Id", "Sid");

  private BucketPolicy() {}

  /** The only policy: no request that is not encrypted on its way. */
  static String tlsOnly(String region, String bucket) {
    var arn = "arn:%s:s3:::%s".formatted(PartitionMetadata.of(Region.of(region)).id(), bucket);
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "TlsOnly",
          "Effect": "Deny",
          "Principal": "*",
          "Action": "s3:*",
          "Resource": ["%s", "%s/*"],
          "Condition": {"Bool": {"aws:SecureTransport": "false"}}
        }
      ]
    }
    """
        .formatted(arn, arn);
  }

  /** A list of one is the same as its element, and order says nothing. */
  static String canonical(String policy) {
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
              .map(BucketPolicy::canonical)
              .sorted(Comparator.comparing(JsonNode::toString))
              .collect(Collectors.toList());
      return nodes.arrayNode().addAll(elements);
    }
    return nodes.textNode(node.asText());
  }
}
