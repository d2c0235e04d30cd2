package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hand.Left;
import dev.appenv.operator.aws.hand.Hand.Never;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/** Somebody works on the database. */
public final class DatabaseHands {
  private static final String INSTANCE = "database.instance";
  private static final String GROUP = "database.subnetGroup";
  private static final String PARAMETERS = "database.parameterGroup";

  static final List<Hand> ALL =
      Stream.of(group(), parameters(), instance(), fixed()).flatMap(List::stream).toList();

  private DatabaseHands() {}

  private static List<Hand> group() {
    return List.of(
        new Change(
            GROUP,
            "tags",
            "Name",
            c ->
                rename(
                    c,
                    c.rds()
                        .describeDBSubnetGroups(r -> r.dbSubnetGroupName(c.id(GROUP)))
                        .dbSubnetGroups()
                        .getFirst()
                        .dbSubnetGroupArn())),
        new Change(
            GROUP,
            "subnets",
            "{network.publicSubnetB}",
            c ->
                c.rds()
                    .modifyDBSubnetGroup(r ->
                        r.dbSubnetGroupName(c.id(GROUP))
                            .subnetIds(
                                c.id("network.privateSubnetA"),
                                c.id("network.privateSubnetB"),
                                c.id("network.publicSubnetB")))),
        new Never(GROUP, "DB subnet group", "AWS refuses while the database is in it"));
  }

  private static List<Hand> parameters() {
    return List.of(
        new Change(
            PARAMETERS,
            "tags",
            "Name",
            c ->
                rename(
                    c,
                    c.rds()
                        .describeDBParameterGroups(r -> r.dbParameterGroupName(c.id(PARAMETERS)))
                        .dbParameterGroups()
                        .getFirst()
                        .dbParameterGroupArn())),
        new Change(
            PARAMETERS,
            "parameters",
            "work_mem",
            c ->
                c.rds()
                    .modifyDBParameterGroup(r ->
                        r.dbParameterGroupName(c.id(PARAMETERS))
                            .parameters(p ->
                                p.parameterName("work_mem")
                                    .parameterValue("9999")
                                    .applyMethod(ApplyMethod.IMMEDIATE)))),
        new Never(PARAMETERS, "family", "a group of parameters stays with its family"),
        new Never(PARAMETERS, "DB parameter group", "AWS refuses while the database runs with it"));
  }

  private static List<Hand> instance() {
    return List.of(
        new Change(
            INSTANCE,
            "tags",
            "Name",
            c ->
                rename(
                    c,
                    c.rds()
                        .describeDBInstances(r -> r.dbInstanceIdentifier(c.id(INSTANCE)))
                        .dbInstances()
                        .getFirst()
                        .dbInstanceArn())),
        modified("parameterGroup", r -> r.dbParameterGroupName("default.postgres17")),
        new Change(INSTANCE, "snapshotShares", "theirs with all", DatabaseHands::publish),
        modified("engineVersion", r -> r.engineVersion("18").allowMajorVersionUpgrade(true)),
        new Change(
            INSTANCE,
            "state",
            c -> {
              c.rds().stopDBInstance(r -> r.dbInstanceIdentifier(c.id(INSTANCE)));
              c.settle();
            }),
        modified("instanceClass", r -> r.dbInstanceClass("db.r6g.8xlarge")),
        modified("maxAllocatedStorage", r -> r.maxAllocatedStorage(5000)),
        modified("storageType", r -> r.storageType("io1").iops(3000)),
        modified("multiAZ", r -> r.multiAZ(true)),
        modified("publiclyAccessible", r -> r.publiclyAccessible(true)),
        new Change(
            INSTANCE,
            "securityGroups",
            "{network.machineSecurityGroup}",
            c ->
                modify(
                    c,
                    r ->
                        r.vpcSecurityGroupIds(
                            c.id("network.dataSecurityGroup"),
                            c.id("network.machineSecurityGroup")))),
        modified("backupRetentionPeriod", r -> r.backupRetentionPeriod(0)),
        modified("preferredBackupWindow", r -> r.preferredBackupWindow("12:00-12:30")),
        modified(
            "preferredMaintenanceWindow", r -> r.preferredMaintenanceWindow("wed:14:00-wed:14:30")),
        modified("deletionProtection", r -> r.deletionProtection(true)),
        modified("performanceInsights", r -> r.enablePerformanceInsights(true)),
        modified("copyTagsToSnapshot", r -> r.copyTagsToSnapshot(false)),
        modified("autoMinorVersionUpgrade", r -> r.autoMinorVersionUpgrade(false)),
        new Left(
            INSTANCE,
            "allocatedStorage",
            c -> modify(c, r -> r.allocatedStorage(50)),
            "it grows with the data, and AWS cannot shrink it"),
        new Left(
            INSTANCE,
            "masterUserPassword",
            c -> modify(c, r -> r.masterUserPassword("of-somebody-else")),
            "AWS never shows it; the annotation appenv.dev/rotate-passwords sets another"),
        new Change(
            INSTANCE,
            "database",
            c -> {
              c.rds()
                  .deleteDBInstance(
                      r -> r.dbInstanceIdentifier(c.id(INSTANCE)).skipFinalSnapshot(true));
              c.settle();
            }));
  }

  private static List<Hand> fixed() {
    return List.of(
        new Never(INSTANCE, "engine", "a database stays with its engine"),
        new Never(
            INSTANCE,
            "parameterApplyStatus",
            "AWS says so when a parameter waits for a restart; what somebody changes are the parameters"),
        new Never(INSTANCE, "storageEncrypted", "only a copy of a snapshot can be encrypted anew"),
        new Never(INSTANCE, "subnetGroup", "AWS moves a database to another VPC only"),
        new Never(INSTANCE, "availabilityZone", "AWS chooses it, and another when one fails"),
        new Never(INSTANCE, "origin", "it was made from it"));
  }

  private static Change modified(
      String field, UnaryOperator<ModifyDbInstanceRequest.Builder> change) {
    return new Change(INSTANCE, field, c -> modify(c, change));
  }

  private static void modify(Console c, UnaryOperator<ModifyDbInstanceRequest.Builder> change) {
    c.rds()
        .modifyDBInstance(
            change
                .apply(
                    ModifyDbInstanceRequest.builder()
                        .dbInstanceIdentifier(c.id(INSTANCE))
                        .applyImmediately(true))
                .build());
    c.settle();
  }

  private static void publish(Console c) {
    c.rds()
        .createDBSnapshot(
            r -> r.dbInstanceIdentifier(c.id(INSTANCE)).dbSnapshotIdentifier("theirs"));
    c.settle();
    c.rds()
        .modifyDBSnapshotAttribute(
            r -> r.dbSnapshotIdentifier("theirs").attributeName("restore").valuesToAdd("all"));
  }

  private static void rename(Console c, String arn) {
    c.rds().addTagsToResource(r -> r.resourceName(arn).tags(t -> t.key("Name").value("mine now")));
  }
}
