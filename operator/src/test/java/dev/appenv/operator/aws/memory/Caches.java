package dev.appenv.operator.aws.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.AuthTokenUpdateStrategyType;
import software.amazon.awssdk.services.elasticache.model.AutomaticFailoverStatus;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.MultiAZStatus;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;
import software.amazon.awssdk.services.elasticache.model.Subnet;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** Replication groups with their nodes, subnet groups and snapshots. */
final class Caches {
  private static final String ARN = "arn:aws:elasticache:eu-central-1:123456789012:%s:%s";

  /** What AWS shows of the nodes only. */
  private record Nodes(String version, String subnetGroup, List<String> securityGroups) {}

  private final MemoryRegion region;
  private final Map<String, Nodes> nodes = new HashMap<>();
  private final Map<String, Integer> moves = new HashMap<>();
  private final Map<String, List<String>> tokens = new HashMap<>();
  private int created;
  final Shelf<ReplicationGroup> groups;
  final Shelf<CacheSubnetGroup> subnetGroups;
  final List<String> snapshots = new ArrayList<>();

  Caches(MemoryRegion region) {
    this.region = region;
    this.groups = new Shelf<>(region, "ReplicationGroupNotFoundFault", Map.of());
    this.subnetGroups = new Shelf<>(region, "CacheSubnetGroupNotFoundFault", Map.of());
  }

  /** Where the nodes of a group are. */
  record Place(String subnet, List<String> groups) {}

  Map<String, Place> places() {
    var places = new TreeMap<String, Place>();
    nodes.forEach((id, n) ->
        places.put(
            id,
            new Place(
                subnetGroups.get(n.subnetGroup()).subnets().getFirst().subnetIdentifier(),
                n.securityGroups())));
    return places;
  }

  static String id(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  boolean has(String id) {
    return groups.find(id).isPresent() || subnetGroups.find(id).isPresent();
  }

  List<String> tokensOf(String id) {
    return List.copyOf(tokens.getOrDefault(id, List.of()));
  }

  boolean usesSubnet(String subnet) {
    return nodes.values().stream()
        .map(n -> subnetGroups.get(n.subnetGroup()))
        .anyMatch(g -> g.subnets().stream().anyMatch(s -> s.subnetIdentifier().equals(subnet)));
  }

  boolean usesSecurityGroup(String group) {
    return nodes.values().stream().anyMatch(n -> n.securityGroups().contains(group));
  }

  CacheSubnetGroup create(CreateCacheSubnetGroupRequest request) {
    var name = request.cacheSubnetGroupName();
    if (subnetGroups.find(name).isPresent())
      throw AwsErrors.refused("CacheSubnetGroupAlreadyExists", name + " already exists");
    tag(name, request.tags());
    return subnetGroups.add(
        name,
        CacheSubnetGroup.builder()
            .cacheSubnetGroupName(name)
            .arn(ARN.formatted("subnetgroup", name))
            .subnets(subnets(request.subnetIds()))
            .build());
  }

  void changeSubnets(String name, List<String> subnets) {
    subnetGroups.replace(
        name, subnetGroups.get(name).toBuilder().subnets(subnets(subnets)).build());
  }

  private List<Subnet> subnets(List<String> ids) {
    ids.forEach(region.subnets.shelf::get);
    return ids.stream().map(id -> Subnet.builder().subnetIdentifier(id).build()).toList();
  }

  void deleteSubnetGroup(String name) {
    subnetGroups.get(name);
    if (nodes.values().stream().anyMatch(n -> n.subnetGroup().equals(name)))
      throw AwsErrors.refused("CacheSubnetGroupInUse", name + " is in use");
    subnetGroups.remove(name);
  }

  ReplicationGroup create(CreateReplicationGroupRequest request) {
    var id = request.replicationGroupId();
    if (groups.find(id).isPresent())
      throw AwsErrors.refused("ReplicationGroupAlreadyExists", id + " already exists");
    subnetGroups.get(request.cacheSubnetGroupName());
    request.securityGroupIds().forEach(region.groups.shelf::get);
    tag(id, request.tags());
    nodes.put(
        id,
        new Nodes(
            request.engineVersion() + ".1",
            request.cacheSubnetGroupName(),
            request.securityGroupIds()));
    tokens.put(id, new ArrayList<>(List.of(request.authToken())));
    created++;
    var group =
        ReplicationGroup.builder()
            .replicationGroupId(id)
            .arn(ARN.formatted("replicationgroup", id))
            .status("creating")
            .engine(request.engine())
            .cacheNodeType(request.cacheNodeType())
            .memberClusters(members(id, request.numCacheClusters()))
            .automaticFailover(failover(request.automaticFailoverEnabled()))
            .multiAZ(multiAz(request.multiAZEnabled()))
            .autoMinorVersionUpgrade(request.autoMinorVersionUpgrade())
            .snapshotRetentionLimit(request.snapshotRetentionLimit())
            .transitEncryptionEnabled(request.transitEncryptionEnabled())
            .transitEncryptionMode(request.transitEncryptionMode())
            .atRestEncryptionEnabled(request.atRestEncryptionEnabled())
            .authTokenEnabled(request.authToken() != null)
            .replicationGroupCreateTime(Instant.ofEpochSecond(1_000_000_000L + created))
            .build();
    groups.add(id, group);
    moves.put(id, region.stateLag());
    return group;
  }

  void modify(ModifyReplicationGroupRequest request) {
    var id = request.replicationGroupId();
    var group = groups.get(id);
    mustBeAvailable(group);
    var changed = group.toBuilder().status("modifying");
    if (request.authToken() != null)
      tokens.computeIfAbsent(id, _ -> new ArrayList<>()).add(request.authToken());
    if (request.authTokenUpdateStrategy() == AuthTokenUpdateStrategyType.DELETE)
      changed.authTokenEnabled(false);
    if (request.cacheNodeType() != null) changed.cacheNodeType(request.cacheNodeType());
    if (request.automaticFailoverEnabled() != null)
      changed.automaticFailover(failover(request.automaticFailoverEnabled()));
    if (request.multiAZEnabled() != null) changed.multiAZ(multiAz(request.multiAZEnabled()));
    if (request.autoMinorVersionUpgrade() != null)
      changed.autoMinorVersionUpgrade(request.autoMinorVersionUpgrade());
    if (request.snapshotRetentionLimit() != null)
      changed.snapshotRetentionLimit(request.snapshotRetentionLimit());
    if (request.transitEncryptionEnabled() != null)
      changed.transitEncryptionEnabled(request.transitEncryptionEnabled());
    if (request.transitEncryptionMode() != null)
      changed.transitEncryptionMode(request.transitEncryptionMode());
    nodes.computeIfPresent(
        id,
        (_, n) ->
            new Nodes(
                request.engineVersion() == null ? n.version() : request.engineVersion() + ".1",
                n.subnetGroup(),
                request.hasSecurityGroupIds() ? request.securityGroupIds() : n.securityGroups()));
    groups.replace(id, changed.build());
    moves.put(id, region.stateLag());
  }

  private static List<String> members(String id, int nodes) {
    return IntStream.rangeClosed(1, nodes).mapToObj(i -> "%s-%03d".formatted(id, i)).toList();
  }

  /** Beside the primary. */
  void replicas(String id, int count) {
    var group = groups.get(id);
    mustBeAvailable(group);
    groups.replace(
        id, group.toBuilder().memberClusters(members(id, count + 1)).status("modifying").build());
    moves.put(id, region.stateLag());
  }

  /** AWS brings a newer minor version. */
  void bring(String id, String version) {
    nodes.computeIfPresent(id, (_, n) -> new Nodes(version, n.subnetGroup(), n.securityGroups()));
  }

  void delete(DeleteReplicationGroupRequest request) {
    var id = request.replicationGroupId();
    var group = groups.get(id);
    mustBeAvailable(group);
    if (request.finalSnapshotIdentifier() != null) {
      if (snapshots.contains(request.finalSnapshotIdentifier()))
        throw AwsErrors.refused("SnapshotAlreadyExistsFault", "the snapshot already exists");
      snapshots.add(request.finalSnapshotIdentifier());
    }
    groups.replace(id, group.toBuilder().status("deleting").build());
    moves.put(id, region.stateLag());
  }

  private static void mustBeAvailable(ReplicationGroup group) {
    if (!group.status().equals("available"))
      throw AwsErrors.refused(
          "InvalidReplicationGroupState",
          "%s is %s".formatted(group.replicationGroupId(), group.status()));
  }

  /** Each look brings what is under way nearer to its end. */
  void look(String id) {
    var group = groups.find(id).orElse(null);
    var left = moves.get(id);
    if (group == null || left == null) return;
    if (left > 0) moves.put(id, left - 1);
    else arrive(group);
  }

  void lookAtAll() {
    List.copyOf(moves.keySet()).forEach(this::look);
  }

  void settle() {
    List.copyOf(moves.keySet()).forEach(id -> arrive(groups.get(id)));
  }

  private void arrive(ReplicationGroup group) {
    var id = group.replicationGroupId();
    moves.remove(id);
    if (group.status().equals("deleting")) {
      groups.remove(id);
      nodes.remove(id);
    } else
      groups.replace(
          id,
          group.toBuilder()
              .status("available")
              .nodeGroups(g ->
                  g.primaryEndpoint(
                      e -> e.address("master.%s.cache.amazonaws.com".formatted(id)).port(6379)))
              .build());
  }

  List<CacheCluster> clusters() {
    return groups.all().stream()
        .filter(g -> groups.isListed(g.replicationGroupId()))
        .flatMap(this::clusters)
        .toList();
  }

  private Stream<CacheCluster> clusters(ReplicationGroup group) {
    var of = Objects.requireNonNull(nodes.get(group.replicationGroupId()));
    return group.memberClusters().stream()
        .map(id ->
            CacheCluster.builder()
                .cacheClusterId(id)
                .replicationGroupId(group.replicationGroupId())
                .engine(group.engine())
                .engineVersion(of.version())
                .cacheSubnetGroupName(of.subnetGroup())
                .securityGroups(
                    of.securityGroups().stream()
                        .map(g -> SecurityGroupMembership.builder().securityGroupId(g).build())
                        .toList())
                .build());
  }

  CacheCluster cluster(String id) {
    return groups.all().stream()
        .flatMap(this::clusters)
        .filter(c -> c.cacheClusterId().equals(id))
        .findFirst()
        .orElseThrow(() -> AwsErrors.notFound("CacheClusterNotFound", id));
  }

  void tag(String id, List<Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(t -> map.put(t.key(), t.value()));
    region.tags.put(id, map);
  }

  private static AutomaticFailoverStatus failover(boolean enabled) {
    return enabled ? AutomaticFailoverStatus.ENABLED : AutomaticFailoverStatus.DISABLED;
  }

  private static MultiAZStatus multiAz(boolean enabled) {
    return enabled ? MultiAZStatus.ENABLED : MultiAZStatus.DISABLED;
  }
}
