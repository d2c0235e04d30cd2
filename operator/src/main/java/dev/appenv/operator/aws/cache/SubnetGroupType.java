package dev.appenv.operator.aws.cache;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.Subnet;

/** The subnets in which the nodes of the cache may be. */
final class SubnetGroupType
    implements ListedType<SubnetGroupType.Desired, SubnetGroupType.LiveSubnetGroup> {
  private static final String TYPE = "elasticache:subnetgroup";
  private static final int PAGE = 100;

  record Desired(String name, List<LogicalName> subnets, Map<String, String> tags)
      implements AwsDesired {}

  record LiveSubnetGroup(String id, String arn, Set<String> subnets, Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveSubnetGroup> FIELDS =
      AwsType.<Desired, LiveSubnetGroup>tagged()
          .elements(
              "subnets",
              RECONCILED,
              DriftClass.SECURITY,
              SubnetGroupType::subnets,
              LiveSubnetGroup::subnets);

  private static final Facts<Desired, LiveSubnetGroup> FACTS =
      new Facts<>(
          "cache subnet group",
          Desired.class,
          LiveSubnetGroup.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.NOTHING);

  @Override
  public Facts<Desired, LiveSubnetGroup> facts() {
    return FACTS;
  }

  @Override
  public Budget changeBudget() {
    return Budget.OTHER;
  }

  @Override
  public List<LiveSubnetGroup> list(Calls aws, String clusterId) {
    var tags = TaggingApi.ofCluster(aws, TYPE, clusterId);
    if (tags.isEmpty()) return List.of();
    return aws
        .elastiCache(Permit.READ)
        .describeCacheSubnetGroupsPaginator(r -> r.maxRecords(PAGE))
        .cacheSubnetGroups()
        .stream()
        .filter(g -> tags.containsKey(g.arn()))
        .map(g -> live(g, tags.getOrDefault(g.arn(), Map.of())))
        .toList();
  }

  @Override
  public List<String> begun(Calls aws, Owner owner, LogicalName name) {
    return List.of(ResourceNames.of(owner, name));
  }

  @Override
  public Optional<LiveSubnetGroup> find(Calls aws, String id) {
    try {
      var found =
          aws.elastiCache(Permit.READ)
              .describeCacheSubnetGroups(r -> r.cacheSubnetGroupName(id))
              .cacheSubnetGroups();
      if (found.isEmpty()) throw new EmptyAnswer(id);
      var group = found.getFirst();
      return Optional.of(live(group, CacheTags.of(aws, group.arn())));
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.elastiCache(Permit.CREATE)
        .createCacheSubnetGroup(r ->
            r.cacheSubnetGroupName(desired.name())
                .cacheSubnetGroupDescription("The private subnets of an AppEnvironment")
                .subnetIds(required(desired, creation.ids()))
                .tags(CacheTags.list(creation.tags())))
        .cacheSubnetGroup()
        .cacheSubnetGroupName();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveSubnetGroup live, List<Difference> differences, Ids ids) {
    CacheTags.put(aws, live.arn(), differences);
    if (AwsType.touches(differences, "subnets"))
      aws.elastiCache(Permit.CHANGE)
          .modifyCacheSubnetGroup(
              r -> r.cacheSubnetGroupName(live.id()).subnetIds(required(desired, ids)));
  }

  @Override
  public void delete(Calls aws, LiveSubnetGroup live) {
    aws.elastiCache(Permit.DELETE).deleteCacheSubnetGroup(r -> r.cacheSubnetGroupName(live.id()));
  }

  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    return TaggingApi.retained(aws, TYPE, owner, name);
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveSubnetGroup live) {
    CacheTags.adopt(aws, live.arn(), owner, name);
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveSubnetGroup live) {
    CacheTags.disown(aws, live.arn(), owner, name);
  }

  private static List<String> required(Desired desired, Ids ids) {
    return desired.subnets().stream().map(ids::require).toList();
  }

  private static @Nullable Set<String> subnets(Desired desired, Ids ids) {
    var texts = new TreeSet<String>();
    for (var subnet : desired.subnets()) {
      var id = ids.idOf(subnet);
      if (id == null) return null;
      texts.add(id);
    }
    return texts;
  }

  private static LiveSubnetGroup live(CacheSubnetGroup group, Map<String, String> tags) {
    return new LiveSubnetGroup(
        group.cacheSubnetGroupName(),
        group.arn(),
        group.subnets().stream()
            .map(Subnet::subnetIdentifier)
            .collect(Collectors.toUnmodifiableSet()),
        tags);
  }
}
