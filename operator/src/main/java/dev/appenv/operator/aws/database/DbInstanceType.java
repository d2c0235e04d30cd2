package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Detailed;
import dev.appenv.operator.aws.resource.KeepsData;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.aws.resource.ResourceNames;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Removal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.rds.RdsClient;

/** The database itself. Never replaced, and deleted only with a snapshot unless told otherwise. */
final class DbInstanceType
    implements ListedType<DesiredDatabase, LiveDatabase>,
        Detailed<LiveDatabase, Set<String>>,
        KeepsData<LiveDatabase> {
  private static final String ENGINE = "postgres";
  private static final String STORAGE_TYPE = "gp3";
  private static final int DETAIL_INTERVALS = 180;

  private static final Facts<DesiredDatabase, LiveDatabase> FACTS =
      new Facts<>(
          "database",
          DesiredDatabase.class,
          LiveDatabase.class,
          DatabaseFields.TABLE,
          DriftClass.DATA,
          Loss.DATA);

  @Override
  public Facts<DesiredDatabase, LiveDatabase> facts() {
    return FACTS;
  }

  /** What is restored has the password that it had. */
  @Override
  public boolean isSetAtCreation(DesiredDatabase desired, String field) {
    return !field.equals(DatabaseFields.PASSWORD) || desired.origin() instanceof Origin.Empty;
  }

  @Override
  public Budget changeBudget() {
    return Budget.RDS;
  }

  @Override
  public List<LiveDatabase> list(Calls aws, String clusterId) {
    return tagged(aws, OwnerTags.CLUSTER, clusterId);
  }

  /** RDS has no filter by tag. */
  private static List<LiveDatabase> tagged(Calls aws, String key, String value) {
    return aws
        .client(RdsClient.class, Permit.READ)
        .describeDBInstancesPaginator(r -> r.maxRecords(100))
        .dbInstances()
        .stream()
        .map(LiveDatabase::of)
        .filter(live -> value.equals(live.tags().get(key)))
        .toList();
  }

  @Override
  public Optional<LiveDatabase> find(Calls aws, String id) {
    try {
      var found =
          aws.client(RdsClient.class, Permit.READ)
              .describeDBInstances(r -> r.dbInstanceIdentifier(id))
              .dbInstances();
      if (found.isEmpty()) throw new EmptyAnswer(id);
      return Optional.of(LiveDatabase.of(found.getFirst()));
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  @Override
  public List<String> begun(Calls aws, Owner owner, LogicalName name) {
    return List.of(ResourceNames.of(owner, name));
  }

  @Override
  public String create(Calls aws, DesiredDatabase desired, Creation creation) {
    var id = ResourceNames.of(creation.owner(), creation.intent().name());
    switch (desired.origin()) {
      case Origin.Empty() -> create(aws, id, desired, creation);
      case Origin.Snapshot(var snapshot) -> restore(aws, id, snapshot, desired, creation);
      case Origin.Environment(var path) -> {
        var snapshot =
            Snapshots.latestOf(aws, creation.owner().clusterId(), path)
                .orElseThrow(() ->
                    new Impossible(
                        "there is no available snapshot of the database of environment %s; name another in spec.database.restoreFrom, or leave it out for an empty database"
                            .formatted(path)));
        restore(aws, id, snapshot, desired, creation);
      }
    }
    return id;
  }

  private static void create(Calls aws, String id, DesiredDatabase desired, Creation creation) {
    aws.client(RdsClient.class, Permit.CREATE)
        .createDBInstance(r ->
            r.dbInstanceIdentifier(id)
                .engine(ENGINE)
                .engineVersion(desired.version())
                .dbInstanceClass(desired.instanceClass())
                .allocatedStorage(desired.storageGib())
                .maxAllocatedStorage(desired.maxStorageGib())
                .storageType(STORAGE_TYPE)
                .storageEncrypted(true)
                .dbName(DesiredDatabase.NAME)
                .masterUsername(DesiredDatabase.USER)
                .masterUserPassword(desired.password())
                .dbSubnetGroupName(creation.ids().require(desired.subnetGroup()))
                .dbParameterGroupName(creation.ids().require(desired.parameterGroup()))
                .vpcSecurityGroupIds(creation.ids().require(desired.securityGroup()))
                .publiclyAccessible(false)
                .multiAZ(desired.multiAz())
                .backupRetentionPeriod(desired.backupRetentionDays())
                .preferredBackupWindow(desired.backupWindow())
                .preferredMaintenanceWindow(desired.maintenanceWindow())
                .deletionProtection(desired.deletionProtection())
                .enablePerformanceInsights(desired.performanceInsights())
                .copyTagsToSnapshot(true)
                .autoMinorVersionUpgrade(true)
                .tags(RdsTags.list(creation.tags())));
  }

  /** What a restore does not take is put right afterwards, as any difference is. */
  private static void restore(
      Calls aws, String id, String snapshot, DesiredDatabase desired, Creation creation) {
    aws.client(RdsClient.class, Permit.CREATE)
        .restoreDBInstanceFromDBSnapshot(r ->
            r.dbInstanceIdentifier(id)
                .dbSnapshotIdentifier(snapshot)
                .dbInstanceClass(desired.instanceClass())
                .storageType(STORAGE_TYPE)
                .dbSubnetGroupName(creation.ids().require(desired.subnetGroup()))
                .dbParameterGroupName(creation.ids().require(desired.parameterGroup()))
                .vpcSecurityGroupIds(creation.ids().require(desired.securityGroup()))
                .publiclyAccessible(false)
                .multiAZ(desired.multiAz())
                .deletionProtection(desired.deletionProtection())
                .copyTagsToSnapshot(true)
                .autoMinorVersionUpgrade(true)
                .tags(RdsTags.list(creation.tags())));
  }

  /**
   * One modification at a time, for RDS refuses another meanwhile: first what takes effect at once,
   * then the instance class, which interrupts and so may wait for the maintenance window, and at
   * last a restart.
   */
  @Override
  public void change(
      Calls aws,
      DesiredDatabase desired,
      LiveDatabase live,
      List<Difference> differences,
      Ids ids) {
    RdsTags.put(aws, live.arn(), differences);
    SnapshotShares.end(aws, differences);
    var rds = aws.client(RdsClient.class, Permit.CHANGE);
    if (AwsType.touches(differences, "state")) {
      rds.startDBInstance(r -> r.dbInstanceIdentifier(live.id()));
      return;
    }
    var now = Modification.atOnce(live, desired, differences, ids);
    if (now.isPresent()) rds.modifyDBInstance(now.get());
    else if (AwsType.touches(differences, "instanceClass"))
      rds.modifyDBInstance(r ->
          r.dbInstanceIdentifier(live.id())
              .dbInstanceClass(desired.instanceClass())
              .applyImmediately(desired.applyImmediately()));
    else if (AwsType.touches(differences, DatabaseFields.RESTART))
      rds.rebootDBInstance(r -> r.dbInstanceIdentifier(live.id()));
  }

  /** One list and a call for each of its snapshots. */
  @Override
  public int detailCalls() {
    return 3;
  }

  @Override
  public int intervals() {
    return DETAIL_INTERVALS;
  }

  @Override
  public Set<String> detail(Calls aws, Owner owner, LiveDatabase live) {
    return SnapshotShares.of(aws, owner);
  }

  @Override
  public LiveDatabase with(LiveDatabase live, Set<String> shares) {
    return live.withSnapshotShares(shares);
  }

  @Override
  public Optional<Outcome.Failed> obstacle(
      Calls aws, Owner owner, LiveDatabase live, Removal removal, Set<String> spared, Instant now) {
    return Obstacles.of(aws, owner, live, removal, spared, now);
  }

  @Override
  public void prune(Calls aws, String clusterId, Set<String> spared, Instant now) {
    FinalSnapshots.prune(aws, clusterId, spared, now);
  }

  @Override
  public void delete(Calls aws, LiveDatabase live) {
    aws.client(RdsClient.class, Permit.DELETE)
        .deleteDBInstance(r ->
            r.dbInstanceIdentifier(live.id()).skipFinalSnapshot(true).deleteAutomatedBackups(true));
  }

  @Override
  public void deleteAndKeepData(
      Calls aws, Owner owner, LogicalName name, LiveDatabase live, Instant now) {
    aws.client(RdsClient.class, Permit.DELETE)
        .deleteDBInstance(r ->
            r.dbInstanceIdentifier(live.id())
                .skipFinalSnapshot(false)
                .finalDBSnapshotIdentifier(Snapshots.finalName(owner, now)));
  }

  @Override
  public Kept kept(Calls aws, Owner owner, String id) {
    return Snapshots.keptOf(aws, owner, id);
  }

  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    var mark = OwnerTags.retained(owner, name).get(OwnerTags.RETAINED);
    return tagged(aws, OwnerTags.RETAINED, String.valueOf(mark)).stream()
        .map(LiveDatabase::id)
        .toList();
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveDatabase live) {
    RdsTags.adopt(aws, live.arn(), owner, name);
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveDatabase live) {
    RdsTags.disown(aws, live.arn(), owner, name);
  }
}
