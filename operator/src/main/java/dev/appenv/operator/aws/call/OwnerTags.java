package dev.appenv.operator.aws.call;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  /** The UID of the environment that gave it up; stays when another adopts it. */
  public static final String FORMER_UID = "appenv.dev/former-environment-uid";

  private OwnerTags() {}

  /** On what was given up: whose it was, and which by name, so that it can be found again. */
  public static Map<String, String> retained(Owner owner, LogicalName name) {
    return Map.of(RETAINED, retainedBy(owner) + name, FORMER_UID, owner.uid());
  }

  /** The same on what comes and goes with another resource. */
  public static Map<String, String> retained(Owner owner) {
    return Map.of(RETAINED, retainedBy(owner), FORMER_UID, owner.uid());
  }

  public static Optional<String> formerUid(Map<String, String> tags) {
    return Optional.ofNullable(tags.get(FORMER_UID));
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
}
