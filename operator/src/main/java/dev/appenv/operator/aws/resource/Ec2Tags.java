package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.OwnerTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags in the forms in which EC2 takes and gives them. */
public final class Ec2Tags {
  private Ec2Tags() {}

  public static Map<String, String> map(Collection<Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(t -> map.put(t.key(), t.value()));
    return map;
  }

  public static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  /** The tags as a request to remove them names them: by key alone. */
  public static List<Tag> keys(Map<String, String> tags) {
    return tags.keySet().stream().map(key -> Tag.builder().key(key).build()).toList();
  }

  public static TagSpecification on(ResourceType type, Map<String, String> tags) {
    return TagSpecification.builder().resourceType(type).tags(list(tags)).build();
  }

  /** Everything that any environment of the cluster owns. */
  public static Filter ofCluster(String clusterId) {
    return Filter.builder().name("tag:" + OwnerTags.CLUSTER).values(clusterId).build();
  }
}
