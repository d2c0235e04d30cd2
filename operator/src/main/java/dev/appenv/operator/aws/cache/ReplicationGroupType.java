package dev.appenv.operator.aws.cache;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;
import static dev.appenv.operator.plan.FieldKind.WRITE_ONLY;

import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.KeepsData;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.aws.resource.ResourceNames;
import dev.appenv.operator.aws.resource.TaggingApi;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticache.model.AuthTokenUpdateStrategyType;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.TransitEncryptionMode;

/** The cache itself: a replication group of one shard. */
final class ReplicationGroupType
    implements ListedType<ReplicationGroupType.Desired, LiveReplicationGroup>,
        KeepsData<LiveReplicationGroup> {
  private static final String TYPE = "elasticache:replicationgroup";
  private static final int PAGE = 100;
  private static final int PORT = 6379;

  private static final String AUTH_TOKEN = "authToken";
  private static final String ENCRYPTION_IN_TRANSIT = "encryptionInTransit";

  /**
   * @param authToken secret
   */
  record Desired(
      String name,
      LogicalName subnetGroup,
      LogicalName securityGroup,
      String engine,
      String version,
      String nodeType,
      int nodes,
      int snapshotRetentionDays,
      String authToken,
      Map<String, String> tags)
      implements AwsDesired {

    boolean isMultiAz() {
      return nodes > 1;
    }

    String failover() {
      return isMultiAz() ? "enabled" : LiveReplicationGroup.DISABLED;
    }

    @Override
    public String toString() {
      return "Desired[" + name + "]";
    }
  }

  private static final FieldTable<Desired, LiveReplicationGroup> FIELDS =
      AwsType.<Desired, LiveReplicationGroup>tagged()
          .plain(
              "engine",
              IMMUTABLE,
              DriftClass.RELEASE,
              (d, ids) -> d.engine(),
              LiveReplicationGroup::engine)
          // AWS brings newer minor versions by itself.
          .plain(
              "majorVersion",
              RECONCILED,
              DriftClass.RELEASE,
              (d, ids) -> LiveReplicationGroup.major(d.version()),
              LiveReplicationGroup::majorVersion)
          .plain(
              "nodeType",
              RECONCILED,
              DriftClass.COST,
              (d, ids) -> d.nodeType(),
              LiveReplicationGroup::nodeType)
          .plain(
              "nodes",
              IMMUTABLE,
              DriftClass.COST,
              (d, ids) -> Integer.toString(d.nodes()),
              l -> Integer.toString(l.nodes()))
          .plain(
              "automaticFailover",
              RECONCILED,
              DriftClass.RELEASE,
              (d, ids) -> d.failover(),
              LiveReplicationGroup::failover)
          .plain(
              "multiAz",
              RECONCILED,
              DriftClass.RELEASE,
              (d, ids) -> d.failover(),
              LiveReplicationGroup::multiAz)
          .plain(
              "autoMinorVersionUpgrade",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> "true",
              l -> Boolean.toString(l.autoMinorVersionUpgrade()))
          .plain(
              "snapshotRetentionDays",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) -> Integer.toString(d.snapshotRetentionDays()),
              l -> Integer.toString(l.snapshotRetentionDays()))
          .plain(
              "subnetGroup",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> ids.idOf(d.subnetGroup()),
              LiveReplicationGroup::subnetGroup)
          .elements(
              "securityGroups",
              RECONCILED,
              DriftClass.SECURITY,
              ReplicationGroupType::securityGroups,
              LiveReplicationGroup::securityGroups)
          .plain(
              ENCRYPTION_IN_TRANSIT,
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> "required",
              LiveReplicationGroup::encryptionInTransit)
          .plain(
              "encryptionAtRest",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> "true",
              l -> Boolean.toString(l.encryptedAtRest()))
          // Whether a token is asked for at all: once it was taken away, ROTATE would bring it back
          // and still let in who has none.
          .plain(
              "authTokenEnabled",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> "true",
              l -> Boolean.toString(l.authToken()))
          .plain(AUTH_TOKEN, WRITE_ONLY, DriftClass.SECURITY, (d, ids) -> d.authToken(), l -> null);

  // What a cache holds can be computed again, so one that is gone is made again, empty; but it is
  // never deleted for a field that cannot be changed.
  private static final Facts<Desired, LiveReplicationGroup> FACTS =
      new Facts<>(
          "replication group",
          Desired.class,
          LiveReplicationGroup.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveReplicationGroup> facts() {
    return FACTS;
  }

  @Override
  public Budget changeBudget() {
    return Budget.OTHER;
  }

  @Override
  public List<LiveReplicationGroup> list(Calls aws, String clusterId) {
    var tags = TaggingApi.ofCluster(aws, TYPE, clusterId);
    if (tags.isEmpty()) return List.of();
    var elastiCache = aws.elastiCache(Permit.READ);
    var nodes =
        elastiCache.describeCacheClustersPaginator(r -> r.maxRecords(PAGE)).cacheClusters().stream()
            .filter(node -> node.replicationGroupId() != null)
            .collect(Collectors.groupingBy(CacheCluster::replicationGroupId));
    return elastiCache
        .describeReplicationGroupsPaginator(r -> r.maxRecords(PAGE))
        .replicationGroups()
        .stream()
        .filter(group -> tags.containsKey(group.arn()))
        .map(group ->
            LiveReplicationGroup.of(
                group,
                nodes.getOrDefault(group.replicationGroupId(), List.of()),
                tags.getOrDefault(group.arn(), Map.of())))
        .toList();
  }

  @Override
  public List<String> begun(Calls aws, Owner owner, LogicalName name) {
    return List.of(ResourceNames.of(owner, name));
  }

  @Override
  public Optional<LiveReplicationGroup> find(Calls aws, String id) {
    var elastiCache = aws.elastiCache(Permit.READ);
    try {
      var found =
          elastiCache.describeReplicationGroups(r -> r.replicationGroupId(id)).replicationGroups();
      if (found.isEmpty()) throw new EmptyAnswer(id);
      var group = found.getFirst();
      var tags = CacheTags.of(aws, group.arn());
      var nodes =
          group.memberClusters().stream().flatMap(member -> node(aws, member).stream()).toList();
      return Optional.of(LiveReplicationGroup.of(group, nodes, tags));
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  /** One that comes or goes is named by its group before or after it is there. */
  private static List<CacheCluster> node(Calls aws, String id) {
    try {
      return aws.elastiCache(Permit.READ)
          .describeCacheClusters(r -> r.cacheClusterId(id))
          .cacheClusters();
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return List.of();
      throw e;
    }
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.elastiCache(Permit.CREATE)
        .createReplicationGroup(r ->
            r.replicationGroupId(desired.name())
                .replicationGroupDescription("The cache of an AppEnvironment")
                .engine(desired.engine())
                .engineVersion(desired.version())
                .cacheNodeType(desired.nodeType())
                .numCacheClusters(desired.nodes())
                .automaticFailoverEnabled(desired.isMultiAz())
                .multiAZEnabled(desired.isMultiAz())
                .autoMinorVersionUpgrade(true)
                .port(PORT)
                .cacheSubnetGroupName(creation.ids().require(desired.subnetGroup()))
                .securityGroupIds(creation.ids().require(desired.securityGroup()))
                .snapshotRetentionLimit(desired.snapshotRetentionDays())
                .transitEncryptionEnabled(true)
                .transitEncryptionMode(TransitEncryptionMode.REQUIRED)
                .atRestEncryptionEnabled(true)
                .authToken(desired.authToken())
                .tags(CacheTags.list(creation.tags())))
        .replicationGroup()
        .replicationGroupId();
  }

  /**
   * AWS takes one change at a time, a token or an encryption not along with others, so what is left
   * follows when the group is available again.
   */
  @Override
  public void change(
      Calls aws,
      Desired desired,
      LiveReplicationGroup live,
      List<Difference> differences,
      Ids ids) {
    CacheTags.put(aws, live.arn(), differences);
    if (differences.stream().allMatch(d -> d.field().equals("tags"))) return;
    var request =
        ModifyReplicationGroupRequest.builder()
            .replicationGroupId(live.id())
            .applyImmediately(true);
    if (AwsType.touches(differences, AUTH_TOKEN))
      // The old token still opens it until the next rotation, so that none is shut out meanwhile.
      request
          .authToken(desired.authToken())
          .authTokenUpdateStrategy(AuthTokenUpdateStrategyType.ROTATE);
    else if (AwsType.touches(differences, ENCRYPTION_IN_TRANSIT)) encrypt(request, live);
    else settings(request, desired, differences, ids);
    aws.elastiCache(Permit.CHANGE).modifyReplicationGroup(request.build());
  }

  /** AWS wants encryption to be preferred before it can be required. */
  private static void encrypt(
      ModifyReplicationGroupRequest.Builder request, LiveReplicationGroup live) {
    request
        .transitEncryptionEnabled(true)
        .transitEncryptionMode(
            live.encryptionInTransit().equals(LiveReplicationGroup.DISABLED)
                ? TransitEncryptionMode.PREFERRED
                : TransitEncryptionMode.REQUIRED);
  }

  private static void settings(
      ModifyReplicationGroupRequest.Builder request,
      Desired desired,
      List<Difference> differences,
      Ids ids) {
    for (var difference : differences)
      switch (difference.field()) {
        case "majorVersion" -> request.engineVersion(desired.version());
        case "nodeType" -> request.cacheNodeType(desired.nodeType());
        case "automaticFailover" -> request.automaticFailoverEnabled(desired.isMultiAz());
        case "multiAz" -> request.multiAZEnabled(desired.isMultiAz());
        case "autoMinorVersionUpgrade" -> request.autoMinorVersionUpgrade(true);
        case "snapshotRetentionDays" ->
            request.snapshotRetentionLimit(desired.snapshotRetentionDays());
        case "securityGroups" -> request.securityGroupIds(ids.require(desired.securityGroup()));
        default -> {}
      }
  }

  @Override
  public void delete(Calls aws, LiveReplicationGroup live) {
    aws.elastiCache(Permit.DELETE).deleteReplicationGroup(r -> r.replicationGroupId(live.id()));
  }

  /** One that failed while it was made holds nothing, and AWS takes no snapshot of it. */
  @Override
  public void deleteAndKeepData(
      Calls aws, Owner owner, LogicalName name, LiveReplicationGroup live, Instant now) {
    if (live.phase() == Phase.FAILED) delete(aws, live);
    else
      aws.elastiCache(Permit.DELETE)
          .deleteReplicationGroup(
              r -> r.replicationGroupId(live.id()).finalSnapshotIdentifier(snapshotOf(live)));
  }

  /** By the time of the group's creation: the same each time for one, another for its successor. */
  private static String snapshotOf(LiveReplicationGroup live) {
    return live.createdAt() == null
        ? live.id() + "-final"
        : live.id() + "-final-" + live.createdAt().getEpochSecond();
  }

  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    return TaggingApi.retained(aws, TYPE, owner, name);
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveReplicationGroup live) {
    CacheTags.adopt(aws, live.arn(), owner, name);
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveReplicationGroup live) {
    CacheTags.disown(aws, live.arn(), owner, name);
  }

  private static @Nullable Set<String> securityGroups(Desired desired, Ids ids) {
    var id = ids.idOf(desired.securityGroup());
    return id == null ? null : Set.of(id);
  }
}
