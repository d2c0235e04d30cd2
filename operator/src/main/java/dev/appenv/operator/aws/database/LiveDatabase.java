package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.plan.Phase;
import dev.appenv.operator.plan.Scheduled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * A database as RDS shows it. What RDS has taken on and not done yet counts as done: it is nobody's
 * drift.
 *
 * @param status as RDS names it
 * @param endpoint null as long as it has none
 * @param parameterStatus whether all parameters are in force, or some wait for a restart
 * @param replicas what RDS keeps as copies of it
 * @param snapshotShares who else may restore its snapshots
 * @param scheduled what waits for the maintenance window or a restart, as users read it
 */
record LiveDatabase(
    String id,
    String arn,
    String status,
    String engine,
    String version,
    String instanceClass,
    int storageGib,
    @Nullable Integer maxStorageGib,
    String storageType,
    boolean encrypted,
    boolean multiAz,
    boolean publiclyAccessible,
    int backupRetentionDays,
    String backupWindow,
    String maintenanceWindow,
    boolean deletionProtection,
    boolean performanceInsights,
    boolean copyTagsToSnapshot,
    boolean autoMinorVersionUpgrade,
    @Nullable String subnetGroup,
    @Nullable String parameterGroup,
    String parameterStatus,
    List<String> replicas,
    Set<String> snapshotShares,
    Set<String> securityGroups,
    @Nullable String zone,
    @Nullable Endpoint endpoint,
    List<String> scheduled,
    Map<String, String> tags)
    implements AwsLive, Scheduled {

  /** How it is reached, and as whom. */
  record Endpoint(String host, int port, String user, String database) {}

  static final String IN_FORCE = "in-sync";
  private static final String WAITING = "pending-reboot";

  private static final Set<String> ANSWERING =
      Set.of("available", "backing-up", "storage-optimization", "stopped");
  private static final Set<String> FAILED =
      Set.of("failed", "restore-error", "storage-full", "insufficient-capacity");

  @Override
  public Phase phase() {
    if (ANSWERING.contains(status)) return Phase.READY;
    if (status.equals("deleting")) return Phase.DELETING;
    return FAILED.contains(status)
            || status.startsWith("incompatible-")
            || status.startsWith("inaccessible-encryption-credentials")
        ? Phase.FAILED
        : Phase.PENDING;
  }

  /** Somebody may stop a database, and RDS starts it again after seven days. */
  String state() {
    return status.equals("stopped") ? "stopped" : "running";
  }

  LiveDatabase withSnapshotShares(Set<String> shares) {
    return new LiveDatabase(
        id,
        arn,
        status,
        engine,
        version,
        instanceClass,
        storageGib,
        maxStorageGib,
        storageType,
        encrypted,
        multiAz,
        publiclyAccessible,
        backupRetentionDays,
        backupWindow,
        maintenanceWindow,
        deletionProtection,
        performanceInsights,
        copyTagsToSnapshot,
        autoMinorVersionUpgrade,
        subnetGroup,
        parameterGroup,
        parameterStatus,
        replicas,
        shares,
        securityGroups,
        zone,
        endpoint,
        scheduled,
        tags);
  }

  static LiveDatabase of(DBInstance instance) {
    var pending = instance.pendingModifiedValues();
    var nextClass = pending == null ? null : pending.dbInstanceClass();
    var nextStorage = pending == null ? null : pending.allocatedStorage();
    var nextMultiAz = pending == null ? null : pending.multiAZ();
    var nextRetention = pending == null ? null : pending.backupRetentionPeriod();
    var groups = new TreeSet<String>();
    instance.vpcSecurityGroups().stream()
        .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
        .forEach(groups::add);
    var parameters = instance.dbParameterGroups().stream().findFirst();
    // What is being applied without a restart is nobody's business.
    var waits =
        parameters
            .map(DBParameterGroupStatus::parameterApplyStatus)
            .filter(WAITING::equals)
            .isPresent();
    return new LiveDatabase(
        instance.dbInstanceIdentifier(),
        instance.dbInstanceArn(),
        text(instance.dbInstanceStatus()),
        text(instance.engine()),
        text(instance.engineVersion()),
        text(first(nextClass, instance.dbInstanceClass())),
        number(first(nextStorage, instance.allocatedStorage())),
        instance.maxAllocatedStorage(),
        text(instance.storageType()),
        yes(instance.storageEncrypted()),
        yes(first(nextMultiAz, instance.multiAZ())),
        yes(instance.publiclyAccessible()),
        number(first(nextRetention, instance.backupRetentionPeriod())),
        text(instance.preferredBackupWindow()),
        text(instance.preferredMaintenanceWindow()),
        yes(instance.deletionProtection()),
        yes(instance.performanceInsightsEnabled()),
        yes(instance.copyTagsToSnapshot()),
        yes(instance.autoMinorVersionUpgrade()),
        instance.dbSubnetGroup() == null ? null : instance.dbSubnetGroup().dbSubnetGroupName(),
        parameters.map(DBParameterGroupStatus::dbParameterGroupName).orElse(null),
        waits ? WAITING : IN_FORCE,
        replicas(instance),
        Set.of(),
        groups,
        instance.availabilityZone(),
        endpoint(instance),
        scheduled(instance, nextClass, waits),
        RdsTags.map(instance.tagList()));
  }

  private static @Nullable Endpoint endpoint(DBInstance instance) {
    var endpoint = instance.endpoint();
    if (endpoint == null || endpoint.address() == null || endpoint.port() == null) return null;
    return new Endpoint(
        endpoint.address(),
        endpoint.port(),
        text(instance.masterUsername()),
        instance.dbName() == null ? DesiredDatabase.NAME : instance.dbName());
  }

  private static List<String> replicas(DBInstance instance) {
    return Stream.concat(
            instance.readReplicaDBInstanceIdentifiers().stream(),
            instance.readReplicaDBClusterIdentifiers().stream())
        .sorted()
        .toList();
  }

  private static List<String> scheduled(
      DBInstance instance, @Nullable String nextClass, boolean waits) {
    var scheduled = new ArrayList<String>();
    if (nextClass != null)
      scheduled.add(
          "instanceClass becomes %s in the maintenance window %s (UTC)"
              .formatted(nextClass, instance.preferredMaintenanceWindow()));
    if (waits)
      scheduled.add(
          "parameters wait for a restart, which AWS does not do by itself; set spec.database.applyImmediately, or reboot %s"
              .formatted(instance.dbInstanceIdentifier()));
    return List.copyOf(scheduled);
  }

  private static <T> @Nullable T first(@Nullable T next, @Nullable T now) {
    return next == null ? now : next;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static int number(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private static boolean yes(@Nullable Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
