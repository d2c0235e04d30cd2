package dev.appenv.operator.aws.cache;

import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.plan.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.Endpoint;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.SecurityGroupMembership;

/**
 * A replication group and what only its nodes tell: AWS calls them cache clusters, and shows
 * version, subnet group and security groups of those alone.
 *
 * @param failover {@code enabled} or {@code disabled}; on its way to one, that one
 * @param encryptionInTransit {@code required}, {@code preferred} or {@code disabled}
 * @param createdAt null where AWS does not say
 * @param endpoint null until it is there
 */
record LiveReplicationGroup(
    String id,
    String arn,
    String status,
    String engine,
    @Nullable String majorVersion,
    String nodeType,
    int nodes,
    String failover,
    String multiAz,
    boolean autoMinorVersionUpgrade,
    int snapshotRetentionDays,
    @Nullable String subnetGroup,
    Set<String> securityGroups,
    String encryptionInTransit,
    boolean encryptedAtRest,
    boolean authToken,
    @Nullable Instant createdAt,
    @Nullable Address endpoint,
    Map<String, String> tags)
    implements AwsLive {

  static final String DISABLED = "disabled";
  private static final int DEFAULT_PORT = 6379;

  record Address(String host, int port) {}

  static LiveReplicationGroup of(
      ReplicationGroup group, List<CacheCluster> nodes, Map<String, String> tags) {
    var node = nodes.isEmpty() ? null : nodes.getFirst();
    return new LiveReplicationGroup(
        group.replicationGroupId(),
        group.arn(),
        group.status(),
        engine(group, node),
        node == null || node.engineVersion() == null ? null : major(node.engineVersion()),
        group.cacheNodeType(),
        group.memberClusters().size(),
        settled(group.automaticFailoverAsString()),
        settled(group.multiAZAsString()),
        Boolean.TRUE.equals(group.autoMinorVersionUpgrade()),
        group.snapshotRetentionLimit() == null ? 0 : group.snapshotRetentionLimit(),
        node == null ? null : node.cacheSubnetGroupName(),
        nodes.stream()
            .flatMap(n -> n.securityGroups().stream())
            .map(SecurityGroupMembership::securityGroupId)
            .collect(Collectors.toUnmodifiableSet()),
        encryptionInTransit(group),
        Boolean.TRUE.equals(group.atRestEncryptionEnabled()),
        Boolean.TRUE.equals(group.authTokenEnabled()),
        group.replicationGroupCreateTime(),
        endpoint(group),
        tags);
  }

  /** AWS before Valkey did not name the engine of a group. */
  private static String engine(ReplicationGroup group, @Nullable CacheCluster node) {
    if (group.engine() != null) return group.engine();
    return node == null || node.engine() == null ? "redis" : node.engine();
  }

  static String major(String version) {
    return version.split("\\.", 2)[0];
  }

  private static String settled(@Nullable String status) {
    return switch (status) {
      case "enabled", "enabling" -> "enabled";
      case null, default -> DISABLED;
    };
  }

  /** A group that was encrypted from its beginning may have no mode, and requires it. */
  private static String encryptionInTransit(ReplicationGroup group) {
    if (!Boolean.TRUE.equals(group.transitEncryptionEnabled())) return DISABLED;
    return group.transitEncryptionMode() == null
        ? "required"
        : group.transitEncryptionModeAsString();
  }

  private static @Nullable Address endpoint(ReplicationGroup group) {
    if (group.nodeGroups().isEmpty()) return null;
    Endpoint primary = group.nodeGroups().getFirst().primaryEndpoint();
    if (primary == null || primary.address() == null || primary.address().isBlank()) return null;
    return new Address(primary.address(), primary.port() == null ? DEFAULT_PORT : primary.port());
  }

  /** While a snapshot is taken the group answers; while it is modified, nodes may be replaced. */
  @Override
  public Phase phase() {
    return switch (status) {
      case "available", "snapshotting" -> Phase.READY;
      case "deleting" -> Phase.DELETING;
      case "create-failed" -> Phase.FAILED;
      default -> Phase.PENDING;
    };
  }
}
