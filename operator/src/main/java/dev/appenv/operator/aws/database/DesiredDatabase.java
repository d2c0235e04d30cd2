package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.plan.LogicalName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database as it is wished for.
 *
 * @param version of PostgreSQL, the major one
 * @param maxStorageGib up to where the storage grows by itself; null: it does not
 * @param applyImmediately whether what interrupts is done at once: another instance class, and a
 *     restart for parameters that need one
 */
record DesiredDatabase(
    String version,
    String instanceClass,
    int storageGib,
    @Nullable Integer maxStorageGib,
    boolean multiAz,
    int backupRetentionDays,
    @Nullable String backupWindow,
    @Nullable String maintenanceWindow,
    boolean deletionProtection,
    boolean performanceInsights,
    boolean applyImmediately,
    LogicalName subnetGroup,
    LogicalName parameterGroup,
    LogicalName securityGroup,
    Origin origin,
    String password,
    Map<String, String> tags)
    implements AwsDesired {
  /** Of the database in the instance, when it is made empty. */
  static final String NAME = "app";

  static final String USER = "app";

  @Override
  public String toString() {
    return "DesiredDatabase[%s, %s]".formatted(version, instanceClass);
  }
}
