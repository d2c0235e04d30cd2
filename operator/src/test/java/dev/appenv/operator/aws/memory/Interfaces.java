package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/**
 * Network interfaces: those of instances, those that services have in subnets, and those that
 * others put there.
 */
final class Interfaces {
  private final MemoryRegion region;
  private final Map<String, NetworkInterface> placed = new TreeMap<>();

  Interfaces(MemoryRegion region) {
    this.region = region;
  }

  /** Of an instance. */
  static String id(String instanceId) {
    return "eni-" + instanceId.substring("i-".length());
  }

  String place(String subnetId, String description, List<String> groups) {
    var id = region.newId("eni");
    placed.put(id, in(subnetId, groups).networkInterfaceId(id).description(description).build());
    return id;
  }

  CreateNetworkInterfaceResponse create(CreateNetworkInterfaceRequest request) {
    var id = place(request.subnetId(), request.description(), request.groups());
    return CreateNetworkInterfaceResponse.builder().networkInterface(placed.get(id)).build();
  }

  void remove(String id) {
    placed.remove(id);
  }

  boolean isUsed(String subnetId) {
    return placed.values().stream().anyMatch(f -> f.subnetId().equals(subnetId));
  }

  boolean uses(String group) {
    return placed.values().stream()
        .anyMatch(f -> f.groups().stream().anyMatch(g -> g.groupId().equals(group)));
  }

  private NetworkInterface.Builder in(String subnetId, List<String> groups) {
    return NetworkInterface.builder()
        .subnetId(subnetId)
        .vpcId(region.subnets.shelf.get(subnetId).vpcId())
        .requesterManaged(false)
        .description("")
        .groups(groups.stream().map(g -> GroupIdentifier.builder().groupId(g).build()).toList());
  }

  private Stream<NetworkInterface> ofInstances() {
    return region.instances.there().stream()
        .map(i ->
            in(i.subnetId(), i.securityGroups().stream().map(GroupIdentifier::groupId).toList())
                .networkInterfaceId(id(i.instanceId()))
                .attachment(a -> a.instanceId(i.instanceId()).deviceIndex(0))
                .tagSet(region.tags.list(id(i.instanceId())))
                .build());
  }

  private Stream<NetworkInterface> ofDatabases() {
    return region.databases.instances.all().stream()
        .map(i ->
            in(
                    i.dbSubnetGroup().subnets().getFirst().subnetIdentifier(),
                    i.vpcSecurityGroups().stream().map(g -> g.vpcSecurityGroupId()).toList())
                .networkInterfaceId("eni-of-" + i.dbInstanceIdentifier())
                .requesterManaged(true)
                .description("RDSNetworkInterface")
                .build());
  }

  private Stream<NetworkInterface> ofCaches() {
    return region.caches.places().entrySet().stream()
        .map(e ->
            in(e.getValue().subnet(), e.getValue().groups())
                .networkInterfaceId("eni-of-" + e.getKey())
                .requesterManaged(true)
                .description("ElastiCache " + e.getKey())
                .build());
  }

  DescribeNetworkInterfacesResponse describe(DescribeNetworkInterfacesRequest request) {
    var all = new ArrayList<>(placed.values());
    Stream.of(ofInstances(), ofDatabases(), ofCaches()).flatMap(s -> s).forEach(all::add);
    var size =
        request.maxResults() == null
            ? Integer.MAX_VALUE
            : Math.min(request.maxResults(), region.pageSize());
    var page = Pages.of(all, request.nextToken(), size);
    return DescribeNetworkInterfacesResponse.builder()
        .networkInterfaces(page.things())
        .nextToken(page.nextToken())
        .build();
  }
}
