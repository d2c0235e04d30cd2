package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfile;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociation;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileAssociationState;
import software.amazon.awssdk.services.ec2.model.IamInstanceProfileSpecification;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/** Instances with their root volumes. A terminated one stays in the lists, as in AWS. */
final class Instances {
  private static final Set<InstanceStateName> MOVING =
      Set.of(
          InstanceStateName.PENDING, InstanceStateName.STOPPING, InstanceStateName.SHUTTING_DOWN);

  private static final String ASSOCIATION = "iip-assoc-";

  private final MemoryRegion region;
  final Shelf<Instance> shelf;
  private final Tokens<RunInstancesRequest> tokens = new Tokens<>();
  private final Map<String, Integer> describesLeft = new HashMap<>();
  private final Map<String, String> volumes = new TreeMap<>();
  private final List<String> attached = new ArrayList<>();

  Instances(MemoryRegion region) {
    this.region = region;
    this.shelf =
        new Shelf<>(
            region,
            "InvalidInstanceID.NotFound",
            Map.of("instance-state-name", i -> List.of(i.state().nameAsString())));
  }

  /** All but the terminated. */
  List<Instance> there() {
    return shelf.all().stream()
        .filter(i -> i.state().name() != InstanceStateName.TERMINATED)
        .toList();
  }

  Collection<String> volumes() {
    return Stream.concat(volumes.values().stream(), attached.stream()).toList();
  }

  boolean hasPublicAddress(String vpcId) {
    return there().stream()
        .filter(i -> i.vpcId().equals(vpcId))
        .anyMatch(i ->
            region.addresses.isMappedTo(i.instanceId())
                || (i.publicIpAddress() != null && i.state().name() != InstanceStateName.STOPPED));
  }

  /** The address given at launch goes when an elastic one comes. */
  void losesOwnAddress(String id) {
    shelf.replace(id, shelf.get(id).toBuilder().publicIpAddress(null).build());
  }

  RunInstancesResponse run(RunInstancesRequest request) {
    var id = tokens.once(request.clientToken(), request, () -> launch(request));
    return RunInstancesResponse.builder().instances(tagged(shelf.get(id))).build();
  }

  private String launch(RunInstancesRequest request) {
    var subnet = region.subnets.shelf.get(request.subnetId());
    region.keys.mustHave(request.keyName());
    request.securityGroupIds().forEach(region.groups.shelf::get);
    if (!request.imageId().startsWith("ami-"))
      throw AwsErrors.notFound("InvalidAMIID.NotFound", request.imageId());
    var id = region.newId("i");
    var volume = region.newId("vol");
    region.tags.born(id, "instance", request.tagSpecifications());
    region.tags.born(volume, "volume", request.tagSpecifications());
    region.tags.born(Interfaces.id(id), "network-interface", request.tagSpecifications());
    volumes.put(id, volume);
    shelf.add(
        id,
        Instance.builder()
            .instanceId(id)
            .imageId(request.imageId())
            .instanceType(request.instanceType())
            .keyName(request.keyName())
            .vpcId(subnet.vpcId())
            .subnetId(subnet.subnetId())
            .placement(p -> p.availabilityZone(subnet.availabilityZone()))
            .publicIpAddress(
                Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()) ? "203.0.113.7" : null)
            .securityGroups(groups(request.securityGroupIds()))
            .metadataOptions(o ->
                o.httpTokens(request.metadataOptions().httpTokens())
                    .httpPutResponseHopLimit(request.metadataOptions().httpPutResponseHopLimit()))
            .iamInstanceProfile(profile(request.iamInstanceProfile()))
            .networkInterfaces(
                n -> n.networkInterfaceId(Interfaces.id(id)).attachment(a -> a.deviceIndex(0)))
            .rootDeviceName("/dev/sda1")
            .blockDeviceMappings(b ->
                b.deviceName("/dev/sda1").ebs(e -> e.volumeId(volume).deleteOnTermination(true)))
            .state(state(InstanceStateName.PENDING))
            .build());
    move(id, InstanceStateName.PENDING);
    return id;
  }

  /** A volume that somebody made and attached. */
  String attachVolume(String id, Map<String, String> tags) {
    var volume = region.newId("vol");
    region.tags.put(volume, tags);
    attached.add(volume);
    var mappings = new ArrayList<>(shelf.get(id).blockDeviceMappings());
    mappings.add(
        InstanceBlockDeviceMapping.builder()
            .deviceName("/dev/sdf")
            .ebs(e -> e.volumeId(volume).deleteOnTermination(false))
            .build());
    shelf.replace(id, shelf.get(id).toBuilder().blockDeviceMappings(mappings).build());
    return volume;
  }

  private List<GroupIdentifier> groups(List<String> ids) {
    return ids.stream()
        .map(g ->
            GroupIdentifier.builder()
                .groupId(g)
                .groupName(region.groups.shelf.get(g).groupName())
                .build())
        .toList();
  }

  StopInstancesResponse stop(StopInstancesRequest request) {
    for (var id : request.instanceIds())
      switch (shelf.get(id).state().name()) {
        case RUNNING -> move(id, InstanceStateName.STOPPING);
        case STOPPING, STOPPED -> {}
        default -> throw incorrectState(id);
      }
    return StopInstancesResponse.builder().build();
  }

  StartInstancesResponse start(StartInstancesRequest request) {
    for (var id : request.instanceIds())
      switch (shelf.get(id).state().name()) {
        case STOPPED -> move(id, InstanceStateName.PENDING);
        case PENDING, RUNNING -> {}
        default -> throw incorrectState(id);
      }
    return StartInstancesResponse.builder().build();
  }

  TerminateInstancesResponse terminate(TerminateInstancesRequest request) {
    request.instanceIds().forEach(shelf::get);
    for (var id : request.instanceIds())
      if (shelf.get(id).state().name() != InstanceStateName.TERMINATED)
        move(id, InstanceStateName.SHUTTING_DOWN);
    return TerminateInstancesResponse.builder().build();
  }

  ModifyInstanceAttributeResponse modify(ModifyInstanceAttributeRequest request) {
    var id = request.instanceId();
    var instance = shelf.get(id);
    if (request.instanceType() != null) {
      if (instance.state().name() != InstanceStateName.STOPPED) throw incorrectState(id);
      instance = instance.toBuilder().instanceType(request.instanceType().value()).build();
    }
    if (request.hasGroups())
      instance = instance.toBuilder().securityGroups(groups(request.groups())).build();
    shelf.replace(id, instance);
    return ModifyInstanceAttributeResponse.builder().build();
  }

  ModifyInstanceMetadataOptionsResponse modify(ModifyInstanceMetadataOptionsRequest request) {
    var instance = shelf.get(request.instanceId());
    shelf.replace(
        request.instanceId(),
        instance.toBuilder()
            .metadataOptions(
                instance.metadataOptions().toBuilder()
                    .httpTokens(
                        request.httpTokens() == null
                            ? instance.metadataOptions().httpTokensAsString()
                            : request.httpTokensAsString())
                    .httpPutResponseHopLimit(
                        request.httpPutResponseHopLimit() == null
                            ? instance.metadataOptions().httpPutResponseHopLimit()
                            : request.httpPutResponseHopLimit())
                    .build())
            .build());
    return ModifyInstanceMetadataOptionsResponse.builder().build();
  }

  private @Nullable IamInstanceProfile profile(@Nullable IamInstanceProfileSpecification wanted) {
    if (wanted == null) return null;
    region.identities.mustServe(wanted.name());
    return IamInstanceProfile.builder().arn(region.identities.arn(wanted.name())).build();
  }

  /** An instance has one association at most, so it is known by the instance. */
  List<IamInstanceProfileAssociation> associations(List<String> instanceIds) {
    return instanceIds.stream()
        .map(shelf::get)
        .filter(i -> i.iamInstanceProfile() != null)
        .map(i ->
            IamInstanceProfileAssociation.builder()
                .associationId(ASSOCIATION + i.instanceId())
                .instanceId(i.instanceId())
                .iamInstanceProfile(i.iamInstanceProfile())
                .state(IamInstanceProfileAssociationState.ASSOCIATED)
                .build())
        .toList();
  }

  void associate(String id, @Nullable IamInstanceProfileSpecification wanted) {
    var instance = shelf.get(id);
    if (instance.iamInstanceProfile() != null)
      throw AwsErrors.refused(
          "IncorrectState", "There is an existing association for instance " + id);
    shelf.replace(id, instance.toBuilder().iamInstanceProfile(profile(wanted)).build());
  }

  void replaceAssociation(String association, @Nullable IamInstanceProfileSpecification wanted) {
    var id = association.substring(ASSOCIATION.length());
    shelf.replace(id, shelf.get(id).toBuilder().iamInstanceProfile(profile(wanted)).build());
  }

  private AwsServiceException incorrectState(String id) {
    return AwsErrors.refused(
        "IncorrectInstanceState",
        "The instance '%s' is not in a state from which it can do this: %s"
            .formatted(id, shelf.get(id).state().name()));
  }

  DescribeInstancesResponse describe(DescribeInstancesRequest request) {
    if (request.nextToken() == null) advance();
    if (request.hasInstanceIds()) return answer(shelf.byIds(request.instanceIds()), null);
    var page = shelf.page(request.filters(), request.nextToken(), request.maxResults());
    return answer(page.things(), page.nextToken());
  }

  /** One reservation an instance, as single launches make them. */
  private DescribeInstancesResponse answer(List<Instance> found, @Nullable String nextToken) {
    return DescribeInstancesResponse.builder()
        .reservations(
            found.stream().map(i -> Reservation.builder().instances(tagged(i)).build()).toList())
        .nextToken(nextToken)
        .build();
  }

  private void advance() {
    for (var instance : List.copyOf(shelf.all())) {
      if (!MOVING.contains(instance.state().name())) continue;
      var left = describesLeft.getOrDefault(instance.instanceId(), 0);
      if (left == 0) arrive(instance);
      else describesLeft.put(instance.instanceId(), left - 1);
    }
  }

  void settle() {
    for (var instance : List.copyOf(shelf.all()))
      if (MOVING.contains(instance.state().name())) arrive(instance);
  }

  private void arrive(Instance instance) {
    var id = instance.instanceId();
    switch (instance.state().name()) {
      case PENDING -> into(id, InstanceStateName.RUNNING);
      case STOPPING -> into(id, InstanceStateName.STOPPED);
      case SHUTTING_DOWN -> {
        into(id, InstanceStateName.TERMINATED);
        region.addresses.instanceGone(id);
        var volume = volumes.remove(id);
        if (volume != null) region.tags.forget(volume);
        region.tags.forget(Interfaces.id(id));
      }
      default -> throw new IllegalStateException(id + " is not moving");
    }
  }

  private void move(String id, InstanceStateName state) {
    into(id, state);
    describesLeft.put(id, region.stateLag());
  }

  private void into(String id, InstanceStateName state) {
    shelf.replace(id, shelf.get(id).toBuilder().state(state(state)).build());
  }

  private static InstanceState state(InstanceStateName name) {
    return InstanceState.builder().name(name).build();
  }

  private Instance tagged(Instance instance) {
    return instance.toBuilder().tags(region.tags.list(instance.instanceId())).build();
  }
}
