package dev.appenv.operator.aws.database;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.aws.resource.ResourceNames;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.Subnet;

/** The subnets in which RDS may place the database. RDS lists these groups without their tags. */
final class SubnetGroupType
    implements NamedType<SubnetGroupType.Desired, SubnetGroupType.LiveSubnetGroup> {
  record Desired(List<LogicalName> subnets, Map<String, String> tags) implements AwsDesired {}

  record LiveSubnetGroup(String id, String arn, Set<String> subnetIds, Map<String, String> tags)
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
              (d, ids) -> subnetIds(d, ids),
              LiveSubnetGroup::subnetIds);

  private static final Facts<Desired, LiveSubnetGroup> FACTS =
      new Facts<>(
          "DB subnet group",
          Desired.class,
          LiveSubnetGroup.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveSubnetGroup> facts() {
    return FACTS;
  }

  @Override
  public Budget changeBudget() {
    return Budget.RDS;
  }

  @Override
  public String id(Owner owner, LogicalName name, @Nullable AppEnvironmentSpec spec) {
    return ResourceNames.of(owner, name);
  }

  @Override
  public Optional<LiveSubnetGroup> find(Calls aws, String id) {
    var rds = aws.client(RdsClient.class, Permit.READ);
    try {
      var found = rds.describeDBSubnetGroups(r -> r.dbSubnetGroupName(id)).dbSubnetGroups();
      if (found.isEmpty()) throw new EmptyAnswer(id);
      return Optional.of(live(rds, found.getFirst()));
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  @Override
  public boolean isListed(Calls aws, String id) {
    return all(aws.client(RdsClient.class, Permit.READ)).stream()
        .anyMatch(group -> group.dbSubnetGroupName().equals(id));
  }

  private static List<DBSubnetGroup> all(RdsClient rds) {
    return rds.describeDBSubnetGroupsPaginator(r -> r.maxRecords(100)).dbSubnetGroups().stream()
        .toList();
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var id = creation.id();
    aws.client(RdsClient.class, Permit.CREATE)
        .createDBSubnetGroup(r ->
            r.dbSubnetGroupName(id)
                .dbSubnetGroupDescription("The database of " + creation.owner().path())
                .subnetIds(desired.subnets().stream().map(creation.ids()::require).toList())
                .tags(RdsTags.list(creation.tags())));
    return id;
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveSubnetGroup live, List<Difference> differences, Ids ids) {
    RdsTags.put(aws, live.arn(), differences);
    if (AwsType.touches(differences, "subnets"))
      aws.client(RdsClient.class, Permit.CHANGE)
          .modifyDBSubnetGroup(r ->
              r.dbSubnetGroupName(live.id())
                  .subnetIds(desired.subnets().stream().map(ids::require).toList()));
  }

  @Override
  public void delete(Calls aws, LiveSubnetGroup live) {
    aws.client(RdsClient.class, Permit.DELETE)
        .deleteDBSubnetGroup(r -> r.dbSubnetGroupName(live.id()));
  }

  /** Asked for only while an environment adopts, for each group's tags are a call of their own. */
  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    var rds = aws.client(RdsClient.class, Permit.READ);
    var mark = OwnerTags.retained(owner, name).get(OwnerTags.RETAINED);
    return all(rds).stream()
        .filter(group -> group.dbSubnetGroupName().startsWith(ResourceNames.PREFIX))
        .map(group -> live(rds, group))
        .filter(group -> group.tags().getOrDefault(OwnerTags.RETAINED, "").equals(mark))
        .map(LiveSubnetGroup::id)
        .toList();
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveSubnetGroup live) {
    RdsTags.adopt(aws, live.arn(), owner, name);
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveSubnetGroup live) {
    RdsTags.disown(aws, live.arn(), owner, name);
  }

  private static @Nullable Set<String> subnetIds(Desired desired, Ids ids) {
    var subnetIds = new TreeSet<String>();
    for (var subnet : desired.subnets()) {
      var id = ids.idOf(subnet);
      if (id == null) return null;
      subnetIds.add(id);
    }
    return subnetIds;
  }

  private static LiveSubnetGroup live(RdsClient rds, DBSubnetGroup group) {
    var arn = group.dbSubnetGroupArn();
    var subnetIds = new TreeSet<String>();
    group.subnets().stream().map(Subnet::subnetIdentifier).forEach(subnetIds::add);
    return new LiveSubnetGroup(
        group.dbSubnetGroupName(),
        arn,
        subnetIds,
        RdsTags.map(rds.listTagsForResource(r -> r.resourceName(arn)).tagList()));
  }
}
