package dev.appenv.operator.aws.compute;

import static dev.appenv.operator.plan.FieldKind.AT_CREATION;
import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.OBSERVED_ONLY;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;
import static dev.appenv.operator.plan.FieldKind.STATE;

import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.Ec2Type;
import dev.appenv.operator.plan.Adopted;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Phase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** The machine. It is never replaced here, for its disk holds the application's volumes. */
final class InstanceType implements Ec2Type<InstanceType.Desired, InstanceType.LiveInstance> {
  private static final String RUNNING = "running";

  /**
   * @param userData as AWS takes it, compressed and in base64; secret
   * @param profile null where the machine has no role
   */
  record Desired(
      String imageId,
      String type,
      String keyName,
      LogicalName subnet,
      LogicalName group,
      int rootVolumeGiB,
      String userData,
      @Nullable LogicalName profile,
      Map<String, String> tags)
      implements AwsDesired {
    @Nullable String profileName(Ids ids) {
      return profile == null ? MachineProfile.NONE : ids.idOf(profile);
    }

    @Override
    public String toString() {
      return "Desired[" + type + ", " + imageId + "]";
    }
  }

  record LiveInstance(
      String id,
      InstanceStateName state,
      String imageId,
      String type,
      String subnetId,
      Set<String> groups,
      String metadataTokens,
      String metadataHops,
      String profile,
      String zone,
      Set<String> companions,
      Map<String, String> tags)
      implements AwsLive, Adopted {
    @Override
    public Optional<String> formerUid() {
      return OwnerTags.formerUid(tags);
    }

    @Override
    public Phase phase() {
      return switch (state) {
        case PENDING, STOPPING -> Phase.PENDING;
        case SHUTTING_DOWN, TERMINATED -> Phase.DELETING;
        default -> Phase.READY;
      };
    }

    /** On the way to running counts as running. */
    String power() {
      return state == InstanceStateName.PENDING ? RUNNING : state.toString();
    }
  }

  private static final FieldTable<Desired, LiveInstance> FIELDS =
      AwsType.<Desired, LiveInstance>tagged()
          .plain("type", RECONCILED, DriftClass.COST, (d, ids) -> d.type(), LiveInstance::type)
          .plain("state", STATE, DriftClass.RELEASE, (d, ids) -> RUNNING, LiveInstance::power)
          .elements(
              "securityGroups",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> {
                var group = ids.idOf(d.group());
                return group == null ? null : Set.of(group);
              },
              LiveInstance::groups)
          .plain(
              "metadataOptions.httpTokens",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> "required",
              LiveInstance::metadataTokens)
          .plain(
              "metadataOptions.httpPutResponseHopLimit",
              RECONCILED,
              DriftClass.RELEASE,
              (d, ids) -> d.profile() == null ? null : String.valueOf(MachineProfile.HOPS),
              LiveInstance::metadataHops)
          .plain(
              "iamInstanceProfile",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> d.profileName(ids),
              LiveInstance::profile)
          .plain(
              "subnetId",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> ids.idOf(d.subnet()),
              LiveInstance::subnetId)
          .plain(
              "imageId",
              OBSERVED_ONLY,
              DriftClass.RELEASE,
              (d, ids) -> d.imageId(),
              LiveInstance::imageId)
          .plain(
              "availabilityZone",
              OBSERVED_ONLY,
              DriftClass.COSMETIC,
              (d, ids) -> null,
              LiveInstance::zone)
          .plain("userData", AT_CREATION, DriftClass.RELEASE, (d, ids) -> null, l -> null)
          .plain("rootVolume", AT_CREATION, DriftClass.COST, (d, ids) -> null, l -> null);

  private static final Facts<Desired, LiveInstance> FACTS =
      new Facts<>(
          "instance", Desired.class, LiveInstance.class, FIELDS, DriftClass.RELEASE, Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveInstance> facts() {
    return FACTS;
  }

  @Override
  public List<LiveInstance> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeInstancesPaginator(r -> r.filters(Ec2Tags.ofCluster(clusterId)).maxResults(1000))
        .reservations()
        .stream()
        .flatMap(r -> r.instances().stream())
        .map(InstanceType::live)
        .filter(i -> i.state() != InstanceStateName.TERMINATED)
        .toList();
  }

  @Override
  public Optional<LiveInstance> find(Calls aws, String id) {
    return Ec2Type.one(
            id,
            () ->
                aws
                    .ec2(Permit.READ)
                    .describeInstances(r -> r.instanceIds(id))
                    .reservations()
                    .stream()
                    .map(Reservation::instances)
                    .flatMap(List::stream)
                    .toList(),
            InstanceType::live)
        .filter(i -> i.state() != InstanceStateName.TERMINATED);
  }

  @Override
  public Budget createBudget() {
    return Budget.RUN_INSTANCES;
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var ofCompanions = OwnerTags.withoutResource(creation.tags());
    return aws.ec2(Permit.CREATE)
        .runInstances(r ->
            r.clientToken(creation.token())
                .minCount(1)
                .maxCount(1)
                .imageId(desired.imageId())
                .instanceType(desired.type())
                .keyName(desired.keyName())
                .subnetId(creation.ids().require(desired.subnet()))
                .securityGroupIds(creation.ids().require(desired.group()))
                .userData(desired.userData())
                .metadataOptions(o ->
                    o.httpTokens(HttpTokensState.REQUIRED)
                        .httpPutResponseHopLimit(hops(desired))
                        .httpEndpoint(InstanceMetadataEndpointState.ENABLED))
                .iamInstanceProfile(MachineProfile.of(desired.profile(), creation.ids()))
                .blockDeviceMappings(b ->
                    b.deviceName("/dev/sda1")
                        .ebs(e ->
                            e.volumeSize(desired.rootVolumeGiB())
                                .volumeType(VolumeType.GP3)
                                .encrypted(true)
                                .deleteOnTermination(true)))
                .tagSpecifications(
                    Ec2Tags.on(ResourceType.INSTANCE, creation.tags()),
                    Ec2Tags.on(ResourceType.VOLUME, ofCompanions),
                    Ec2Tags.on(ResourceType.NETWORK_INTERFACE, ofCompanions)))
        .instances()
        .getFirst()
        .instanceId();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveInstance live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
    var ec2 = aws.ec2(Permit.CHANGE);
    if (AwsType.touches(differences, "securityGroups"))
      ec2.modifyInstanceAttribute(
          r -> r.instanceId(live.id()).groups(ids.require(desired.group())));
    if (AwsType.touches(differences, "metadataOptions.httpTokens"))
      ec2.modifyInstanceMetadataOptions(
          r -> r.instanceId(live.id()).httpTokens(HttpTokensState.REQUIRED));
    if (AwsType.touches(differences, "metadataOptions.httpPutResponseHopLimit"))
      ec2.modifyInstanceMetadataOptions(
          r -> r.instanceId(live.id()).httpPutResponseHopLimit(hops(desired)));
    if (AwsType.touches(differences, "iamInstanceProfile"))
      MachineProfile.put(ec2, live.id(), MachineProfile.of(desired.profile(), ids));
    // The type changes only while stopped; each look takes the next step, and the state is wanted
    // running throughout.
    if (AwsType.touches(differences, "type")) {
      if (live.state() == InstanceStateName.RUNNING)
        ec2.stopInstances(r -> r.instanceIds(live.id()));
      else if (live.state() == InstanceStateName.STOPPED)
        ec2.modifyInstanceAttribute(
            r -> r.instanceId(live.id()).instanceType(t -> t.value(desired.type())));
    } else if (live.state() == InstanceStateName.STOPPED && AwsType.touches(differences, "state"))
      ec2.startInstances(r -> r.instanceIds(live.id()));
  }

  @Override
  public void delete(Calls aws, LiveInstance live) {
    aws.ec2(Permit.DELETE).terminateInstances(r -> r.instanceIds(live.id()));
  }

  private static @Nullable Integer hops(Desired desired) {
    return desired.profile() == null ? null : MachineProfile.HOPS;
  }

  private static LiveInstance live(Instance instance) {
    var options = instance.metadataOptions();
    return new LiveInstance(
        instance.instanceId(),
        instance.state().name(),
        instance.imageId(),
        instance.instanceTypeAsString(),
        instance.subnetId() == null ? "" : instance.subnetId(),
        new TreeSet<>(instance.securityGroups().stream().map(GroupIdentifier::groupId).toList()),
        options == null || options.httpTokens() == null ? "" : options.httpTokensAsString(),
        options == null ? "" : String.valueOf(options.httpPutResponseHopLimit()),
        MachineProfile.name(instance.iamInstanceProfile()),
        instance.placement() == null ? "" : instance.placement().availabilityZone(),
        companions(instance),
        Ec2Tags.map(instance.tags()));
  }

  /** The root volume and the first interface: others may have been attached by others. */
  private static Set<String> companions(Instance instance) {
    var volumes =
        instance.blockDeviceMappings().stream()
            .filter(m -> Objects.equals(m.deviceName(), instance.rootDeviceName()))
            .filter(m -> m.ebs() != null && m.ebs().volumeId() != null)
            .map(m -> m.ebs().volumeId());
    var interfaces =
        instance.networkInterfaces().stream()
            .filter(i -> i.attachment() != null && Objects.equals(i.attachment().deviceIndex(), 0))
            .map(InstanceNetworkInterface::networkInterfaceId);
    return Stream.concat(volumes, interfaces).collect(Collectors.toUnmodifiableSet());
  }
}
