package dev.appenv.operator.aws.network;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.SharedNames;
import dev.appenv.operator.plan.Ids;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/**
 * A network interface: whatever has an address in a subnet has one.
 *
 * @param instanceId of the instance that it is attached to, if any
 * @param managed whether a service of AWS made it, such as RDS for a database
 * @param ownerUid of the environment whose mark it bears, if any
 */
record Occupant(
    String id,
    String vpcId,
    String subnetId,
    Set<String> groups,
    @Nullable String instanceId,
    boolean managed,
    String description,
    @Nullable String ownerUid) {

  static Occupant of(NetworkInterface face) {
    return new Occupant(
        face.networkInterfaceId(),
        text(face.vpcId()),
        text(face.subnetId()),
        new TreeSet<>(face.groups().stream().map(GroupIdentifier::groupId).toList()),
        face.attachment() == null ? null : face.attachment().instanceId(),
        Boolean.TRUE.equals(face.requesterManaged()),
        text(face.description()),
        Ec2Tags.map(face.tagSet()).get(OwnerTags.UID));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * Whether it is known not to belong to the environment.
   *
   * @param tags of a resource of the environment
   */
  boolean isForeign(Map<String, String> tags, Ids ids) {
    if (isMarked(tags)) return false;
    if (managed) {
      var ofData = ids.idOf(SharedNames.DATA_GROUP);
      return ofData != null && !groups.contains(ofData);
    }
    if (instanceId == null) return true;
    var machine = ids.idOf(SharedNames.MACHINE);
    return machine != null && !instanceId.equals(machine);
  }

  /** The same once everything of the environment that could have one is gone. */
  boolean isLeftByOthers(Map<String, String> tags) {
    return !isMarked(tags) && !managed;
  }

  private boolean isMarked(Map<String, String> tags) {
    return ownerUid != null && Objects.equals(ownerUid, tags.get(OwnerTags.UID));
  }

  /** As users read it. */
  String text() {
    if (instanceId != null) return id + " of " + instanceId;
    return description.isEmpty() ? id : id + " (" + description + ")";
  }
}
