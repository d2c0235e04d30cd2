package dev.appenv.operator.aws.call;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The tags by which a resource is known to be ours. They are set in the create call itself. */
public final class OwnerTags {
  public static final String CLUSTER = "appenv.dev/cluster";
  public static final String UID = "appenv.dev/environment-uid";
  public static final String ENVIRONMENT = "appenv.dev/environment";
  public static final String RESOURCE = "appenv.dev/resource";

  /**
   * On what stays after its environment: cluster, namespace, name and logical name, so that it can
   * be found again.
   */
  public static final String RETAINED = "appenv.dev/retained";

  private OwnerTags() {}

  /** What was given up stays findable by this tag. */
  public static Tag retained(Owner owner, LogicalName name) {
    return Tag.builder().key(RETAINED).value(retainedBy(owner) + name).build();
  }

  public static boolean isRetained(Map<String, String> tags, Owner owner) {
    return !tags.containsKey(UID) && tags.getOrDefault(RETAINED, "").startsWith(retainedBy(owner));
  }

  private static String retainedBy(Owner owner) {
    return "%s/%s/".formatted(owner.clusterId(), owner.path());
  }

  public static Map<String, String> of(Owner owner, LogicalName name) {
    var tags = new TreeMap<String, String>();
    tags.put(CLUSTER, owner.clusterId());
    tags.put(UID, owner.uid());
    tags.put(ENVIRONMENT, owner.path());
    tags.put(RESOURCE, name.value());
    return tags;
  }

  /**
   * For what comes and goes with another resource, such as a root volume: owned, but in no slot of
   * its own.
   */
  public static Map<String, String> withoutResource(Map<String, String> tags) {
    var less = new TreeMap<>(tags);
    less.remove(RESOURCE);
    return less;
  }

  /** Whose a resource is and which of theirs, by its tags. */
  public static Optional<Mark> read(Map<String, String> tags) {
    var cluster = tags.get(CLUSTER);
    var uid = tags.get(UID);
    var resource = tags.get(RESOURCE);
    return cluster == null || uid == null || resource == null
        ? Optional.empty()
        : Optional.of(new Mark(cluster, uid, LogicalName.of(resource)));
  }

  public record Mark(String clusterId, String uid, LogicalName name) {
    public boolean isOf(Owner owner) {
      return clusterId.equals(owner.clusterId()) && uid.equals(owner.uid());
    }
  }

  public static Map<String, String> map(List<Tag> tags) {
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
    return Filter.builder().name("tag:" + CLUSTER).values(clusterId).build();
  }
}
