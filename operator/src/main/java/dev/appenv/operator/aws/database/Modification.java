package dev.appenv.operator.aws.database;

import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.Ids;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/** What is asked of RDS to put differences right. */
final class Modification {
  private Modification() {}

  /** All that takes effect without an interruption; nothing when there is none of it. */
  static Optional<ModifyDbInstanceRequest> atOnce(
      LiveDatabase live, DesiredDatabase desired, List<Difference> differences, Ids ids) {
    var request = ModifyDbInstanceRequest.builder();
    var bare = request.build();
    for (var difference : differences) set(request, difference.field(), live, desired, ids);
    return request.build().equals(bare)
        ? Optional.empty()
        : Optional.of(request.dbInstanceIdentifier(live.id()).applyImmediately(true).build());
  }

  private static void set(
      ModifyDbInstanceRequest.Builder request,
      String field,
      LiveDatabase live,
      DesiredDatabase desired,
      Ids ids) {
    switch (field) {
      case "allocatedStorage" -> request.allocatedStorage(desired.storageGib());
      case "maxAllocatedStorage" -> request.maxAllocatedStorage(maxStorage(live, desired));
      case "storageType" -> request.storageType("gp3");
      case "multiAZ" -> request.multiAZ(desired.multiAz());
      case "publiclyAccessible" -> request.publiclyAccessible(false);
      case "securityGroups" -> request.vpcSecurityGroupIds(ids.require(desired.securityGroup()));
      case "parameterGroup" -> request.dbParameterGroupName(ids.require(desired.parameterGroup()));
      case "backupRetentionPeriod" -> request.backupRetentionPeriod(desired.backupRetentionDays());
      case "preferredBackupWindow" -> request.preferredBackupWindow(desired.backupWindow());
      case "preferredMaintenanceWindow" ->
          request.preferredMaintenanceWindow(desired.maintenanceWindow());
      case "deletionProtection" -> request.deletionProtection(desired.deletionProtection());
      case "performanceInsights" ->
          request.enablePerformanceInsights(desired.performanceInsights());
      case "copyTagsToSnapshot" -> request.copyTagsToSnapshot(true);
      case "autoMinorVersionUpgrade" -> request.autoMinorVersionUpgrade(true);
      case DatabaseFields.PASSWORD -> request.masterUserPassword(desired.password());
      default -> {}
    }
  }

  /** As much as there is, however it came to be so much, means that it grows no more. */
  private static int maxStorage(LiveDatabase live, DesiredDatabase desired) {
    return desired.maxStorageGib() == null
        ? Math.max(live.storageGib(), desired.storageGib())
        : desired.maxStorageGib();
  }
}
