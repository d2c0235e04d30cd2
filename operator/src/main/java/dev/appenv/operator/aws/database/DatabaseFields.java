package dev.appenv.operator.aws.database;

import static dev.appenv.operator.plan.FieldKind.AT_CREATION;
import static dev.appenv.operator.plan.FieldKind.FOLLOW_UP;
import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.OBSERVED_ONLY;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;
import static dev.appenv.operator.plan.FieldKind.STATE;
import static dev.appenv.operator.plan.FieldKind.WRITE_ONLY;

import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a database. */
final class DatabaseFields {
  static final String PASSWORD = "masterUserPassword";
  static final String RESTART = "parameterApplyStatus";
  private static final String NONE = "none";

  static final FieldTable<DesiredDatabase, LiveDatabase> TABLE =
      AwsType.<DesiredDatabase, LiveDatabase>tagged()
          .plain("engine", IMMUTABLE, DriftClass.DATA, (d, ids) -> "postgres", LiveDatabase::engine)
          .plain(
              "engineVersion",
              IMMUTABLE,
              DriftClass.DATA,
              (d, ids) -> d.version(),
              l -> major(l.version()))
          .plain(
              "storageEncrypted",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> "true",
              l -> String.valueOf(l.encrypted()))
          .plain(
              "subnetGroup",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> ids.idOf(d.subnetGroup()),
              LiveDatabase::subnetGroup)
          .plain(
              "parameterGroup",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> ids.idOf(d.parameterGroup()),
              LiveDatabase::parameterGroup)
          .plain(
              RESTART,
              FOLLOW_UP,
              DriftClass.RELEASE,
              (d, ids) -> d.applyImmediately() ? LiveDatabase.IN_FORCE : null,
              LiveDatabase::parameterStatus)
          .elements(
              SnapshotShares.FIELD,
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> Set.of(),
              LiveDatabase::snapshotShares)
          .plain("state", STATE, DriftClass.RELEASE, (d, ids) -> "running", LiveDatabase::state)
          .plain(
              "instanceClass",
              RECONCILED,
              DriftClass.COST,
              (d, ids) -> d.instanceClass(),
              LiveDatabase::instanceClass)
          .atLeast(
              "allocatedStorage",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) -> d.storageGib(),
              LiveDatabase::storageGib)
          .plain(
              "maxAllocatedStorage",
              RECONCILED,
              DriftClass.COST,
              (d, ids) -> d.maxStorageGib() == null ? NONE : String.valueOf(d.maxStorageGib()),
              l -> l.maxStorageGib() == null ? NONE : String.valueOf(l.maxStorageGib()))
          .plain(
              "storageType",
              RECONCILED,
              DriftClass.COST,
              (d, ids) -> "gp3",
              LiveDatabase::storageType)
          .plain(
              "multiAZ",
              RECONCILED,
              DriftClass.COST,
              (d, ids) -> String.valueOf(d.multiAz()),
              l -> String.valueOf(l.multiAz()))
          .plain(
              "publiclyAccessible",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> "false",
              l -> String.valueOf(l.publiclyAccessible()))
          .elements(
              "securityGroups",
              RECONCILED,
              DriftClass.SECURITY,
              DatabaseFields::securityGroups,
              LiveDatabase::securityGroups)
          .plain(
              "backupRetentionPeriod",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) -> String.valueOf(d.backupRetentionDays()),
              l -> String.valueOf(l.backupRetentionDays()))
          .plain(
              "preferredBackupWindow",
              RECONCILED,
              DriftClass.COSMETIC,
              (d, ids) -> d.backupWindow(),
              LiveDatabase::backupWindow)
          .plain(
              "preferredMaintenanceWindow",
              RECONCILED,
              DriftClass.COSMETIC,
              (d, ids) -> d.maintenanceWindow(),
              LiveDatabase::maintenanceWindow)
          .plain(
              "deletionProtection",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) -> String.valueOf(d.deletionProtection()),
              l -> String.valueOf(l.deletionProtection()))
          .plain(
              "performanceInsights",
              RECONCILED,
              DriftClass.COST,
              (d, ids) -> String.valueOf(d.performanceInsights()),
              l -> String.valueOf(l.performanceInsights()))
          .plain(
              "copyTagsToSnapshot",
              RECONCILED,
              DriftClass.DATA,
              (d, ids) -> "true",
              l -> String.valueOf(l.copyTagsToSnapshot()))
          .plain(
              "autoMinorVersionUpgrade",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> "true",
              l -> String.valueOf(l.autoMinorVersionUpgrade()))
          .plain(
              "availabilityZone",
              OBSERVED_ONLY,
              DriftClass.COSMETIC,
              (d, ids) -> null,
              LiveDatabase::zone)
          .plain(PASSWORD, WRITE_ONLY, DriftClass.SECURITY, (d, ids) -> d.password(), l -> null)
          .plain("origin", AT_CREATION, DriftClass.DATA, (d, ids) -> d.origin().text(), l -> null);

  private DatabaseFields() {}

  /** Minor versions are AWS's to choose. */
  private static String major(String version) {
    var dot = version.indexOf('.');
    return dot < 0 ? version : version.substring(0, dot);
  }

  private static @Nullable Set<String> securityGroups(DesiredDatabase desired, Ids ids) {
    var id = ids.idOf(desired.securityGroup());
    return id == null ? null : Set.of(id);
  }
}
