package dev.appenv.operator.aws.database;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Detailed;
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
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;

/** The parameters of PostgreSQL that are not as AWS has them by default. */
final class ParameterGroupType
    implements ListedType<ParameterGroupType.Desired, ParameterGroupType.LiveParameterGroup>,
        Detailed<ParameterGroupType.LiveParameterGroup, Map<String, String>> {
  record Desired(String family, Map<String, String> parameters, Map<String, String> tags)
      implements AwsDesired {}

  /**
   * @param parameters those that somebody has set, we or others
   */
  record LiveParameterGroup(
      String id,
      String arn,
      String family,
      Map<String, String> parameters,
      Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final String TYPE = "rds:pg";
  private static final int INTERVALS = 30;

  /** Whether connections are encrypted, and how passwords are kept. */
  private static final Set<String> OF_SECURITY =
      Set.of(
          "password_encryption",
          "rds.accepted_password_auth_method",
          "rds.force_ssl",
          "rds.restrict_password_commands",
          "ssl",
          "ssl_ciphers",
          "ssl_max_protocol_version",
          "ssl_min_protocol_version");

  private static final FieldTable<Desired, LiveParameterGroup> FIELDS =
      AwsType.<Desired, LiveParameterGroup>tagged()
          .plain(
              "family",
              IMMUTABLE,
              DriftClass.DATA,
              (d, ids) -> d.family(),
              LiveParameterGroup::family)
          .settings(
              "parameters",
              RECONCILED,
              name -> OF_SECURITY.contains(name) ? DriftClass.SECURITY : DriftClass.RELEASE,
              (d, ids) -> d.parameters(),
              LiveParameterGroup::parameters);

  private static final Facts<Desired, LiveParameterGroup> FACTS =
      new Facts<>(
          "DB parameter group",
          Desired.class,
          LiveParameterGroup.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveParameterGroup> facts() {
    return FACTS;
  }

  @Override
  public Budget changeBudget() {
    return Budget.RDS;
  }

  @Override
  public List<LiveParameterGroup> list(Calls aws, String clusterId) {
    var tags = TaggingApi.ofCluster(aws, TYPE, clusterId);
    if (tags.isEmpty()) return List.of();
    return aws
        .client(RdsClient.class, Permit.READ)
        .describeDBParameterGroupsPaginator(r -> r.maxRecords(100))
        .dbParameterGroups()
        .stream()
        .filter(group -> tags.containsKey(group.dbParameterGroupArn()))
        .map(group -> live(group, tags.getOrDefault(group.dbParameterGroupArn(), Map.of())))
        .toList();
  }

  @Override
  public List<String> begun(Calls aws, Owner owner, LogicalName name) {
    return List.of(ResourceNames.of(owner, name));
  }

  @Override
  public Optional<LiveParameterGroup> find(Calls aws, String id) {
    var rds = aws.client(RdsClient.class, Permit.READ);
    try {
      var found = rds.describeDBParameterGroups(r -> r.dbParameterGroupName(id));
      if (found.dbParameterGroups().isEmpty()) throw new EmptyAnswer(id);
      var group = found.dbParameterGroups().getFirst();
      return Optional.of(live(group, RdsTags.of(rds, group.dbParameterGroupArn())));
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  @Override
  public int detailCalls() {
    return 1;
  }

  @Override
  public int intervals() {
    return INTERVALS;
  }

  @Override
  public Map<String, String> detail(Calls aws, Owner owner, LiveParameterGroup live) {
    return Parameters.setByHand(aws, live.id());
  }

  @Override
  public LiveParameterGroup with(LiveParameterGroup live, Map<String, String> parameters) {
    return new LiveParameterGroup(live.id(), live.arn(), live.family(), parameters, live.tags());
  }

  /** What is in it is set by the update that follows. */
  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var id = ResourceNames.of(creation.owner(), creation.intent().name());
    aws.client(RdsClient.class, Permit.CREATE)
        .createDBParameterGroup(r ->
            r.dbParameterGroupName(id)
                .dbParameterGroupFamily(desired.family())
                .description("The database of " + creation.owner().path())
                .tags(RdsTags.list(creation.tags())));
    return id;
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveParameterGroup live, List<Difference> differences, Ids ids) {
    RdsTags.put(aws, live.arn(), differences);
    var names =
        differences.stream()
            .filter(d -> d.field().equals("parameters"))
            .map(Difference::element)
            .toList();
    if (!names.isEmpty())
      new Parameters(aws, live.id(), live.family()).put(names, desired.parameters());
  }

  @Override
  public void delete(Calls aws, LiveParameterGroup live) {
    aws.client(RdsClient.class, Permit.DELETE)
        .deleteDBParameterGroup(r -> r.dbParameterGroupName(live.id()));
  }

  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    return TaggingApi.retained(aws, TYPE, owner, name);
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveParameterGroup live) {
    RdsTags.adopt(aws, live.arn(), owner, name);
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveParameterGroup live) {
    RdsTags.disown(aws, live.arn(), owner, name);
  }

  private static LiveParameterGroup live(DBParameterGroup group, Map<String, String> tags) {
    return new LiveParameterGroup(
        group.dbParameterGroupName(),
        group.dbParameterGroupArn(),
        group.dbParameterGroupFamily(),
        Map.of(),
        tags);
  }
}
