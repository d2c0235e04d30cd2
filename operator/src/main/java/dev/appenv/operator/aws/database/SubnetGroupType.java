package dev.appenv.operator.aws.database;

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
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.Subnet;

/** The subnets in which RDS may place the database. */
final class SubnetGroupType
    implements ListedType<SubnetGroupType.Desired, SubnetGroupType.LiveSubnetGroup> {
  record Desired(List<LogicalName> subnets, Map<String, String> tags) implements AwsDesired {}

  record LiveSubnetGroup(String id, String arn, Set<String> subnetIds, Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final String TYPE = "rds:subgrp";
  private static final int PAGE = 100;

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

  /** RDS itself lists these groups without their tags. */
  @Override
  public List<LiveSubnetGroup> list(Calls aws, String clusterId) {
    var tags = TaggingApi.ofCluster(aws, TYPE, clusterId);
    if (tags.isEmpty()) return List.of();
    return aws
        .client(RdsClient.class, Permit.READ)
        .describeDBSubnetGroupsPaginator(r -> r.maxRecords(PAGE))
        .dbSubnetGroups()
        .stream()
        .filter(group -> tags.containsKey(group.dbSubnetGroupArn()))
        .map(group -> live(group, tags.getOrDefault(group.dbSubnetGroupArn(), Map.of())))
        .toList();
  }

  @Override
  public List<String> begun(Calls aws, Owner owner, LogicalName name) {
    return List.of(ResourceNames.of(owner, name));
  }

  @Override
  public Optional<LiveSubnetGroup> find(Calls aws, String id) {
    var rds = aws.client(RdsClient.class, Permit.READ);
    try {
      var found = rds.describeDBSubnetGroups(r -> r.dbSubnetGroupName(id)).dbSubnetGroups();
      if (found.isEmpty()) throw new EmptyAnswer(id);
      var group = found.getFirst();
      return Optional.of(live(group, RdsTags.of(rds, group.dbSubnetGroupArn())));
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var id = ResourceNames.of(creation.owner(), creation.intent().name());
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

  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    return TaggingApi.retained(aws, TYPE, owner, name);
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

  private static LiveSubnetGroup live(DBSubnetGroup group, Map<String, String> tags) {
    return new LiveSubnetGroup(
        group.dbSubnetGroupName(),
        group.dbSubnetGroupArn(),
        group.subnets().stream()
            .map(Subnet::subnetIdentifier)
            .collect(Collectors.toUnmodifiableSet()),
        tags);
  }
}
