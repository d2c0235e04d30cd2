package dev.appenv.operator.aws.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.Subnet;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** RDS in one account and region: databases, their subnet groups and snapshots. */
public final class Databases {
  static final String ARN = "arn:aws:rds:eu-central-1:123456789012:";
  private static final String AVAILABLE = "available";

  private final MemoryRegion region;
  final Shelf<DBInstance> instances;
  final Shelf<DBSubnetGroup> groups;
  final ParameterGroups parameters;
  final DbSnapshots snapshots = new DbSnapshots();
  private Consumer<String> restores = _ -> {};
  private final Map<String, String> passwords = new HashMap<>();
  private final Map<String, Integer> busy = new HashMap<>();

  Databases(MemoryRegion region) {
    this.region = region;
    this.instances = new Shelf<>(region, "DBInstanceNotFound", Map.of());
    this.groups = new Shelf<>(region, "DBSubnetGroupNotFoundFault", Map.of());
    this.parameters = new ParameterGroups(region);
  }

  // ---- what tests look at and do

  /** The password that opens a database now. */
  public String password(String id) {
    return Objects.requireNonNull(passwords.get(id), id);
  }

  public List<DBSnapshot> snapshots() {
    return snapshots.all();
  }

  public void removeSnapshots() {
    snapshots.clear();
  }

  /** Somebody, or AWS itself, takes a snapshot. */
  public void takeSnapshot(String id, String name, boolean automated, Instant now) {
    snapshots.take(
        name, automated ? "automated" : DbSnapshots.MANUAL, instances.get(id), tags(id), now);
  }

  public void editSnapshot(String name, UnaryOperator<DBSnapshot.Builder> change) {
    snapshots.replace(change.apply(snapshots.get(name).toBuilder()).build());
  }

  /** Somebody lets another account restore a snapshot, or all of them. */
  public void shareSnapshot(String name, String account) {
    snapshots.shares(name).add(account);
  }

  /** Told the snapshot of each restore. */
  public void watchRestores(Consumer<String> watcher) {
    restores = watcher;
  }

  public Set<String> snapshotShares(String name) {
    return Set.copyOf(snapshots.shares(name));
  }

  /** How many manual snapshots there may be. */
  public void snapshotQuota(int most) {
    snapshots.quota(most);
  }

  /** What is set in a group of parameters. */
  public Map<String, String> parameters(String group) {
    return Map.copyOf(parameters.values(group));
  }

  /** Somebody sets a parameter. */
  public void setParameter(String group, String name, String value) {
    parameters.modify(
        group,
        List.of(
            Parameter.builder()
                .parameterName(name)
                .parameterValue(value)
                .applyMethod(ApplyMethod.PENDING_REBOOT)
                .build()));
  }

  public DBInstance get(String id) {
    return instances.get(id);
  }

  /** AWS or somebody at the console changes what it likes. */
  public void edit(String id, UnaryOperator<DBInstance.Builder> change) {
    instances.replace(id, change.apply(instances.get(id).toBuilder()).build());
  }

  /** Somebody deletes it at the console, and takes no snapshot. */
  public void remove(String id) {
    instances.remove(id);
    busy.remove(id);
  }

  /** Somebody takes a subnet out of a group. */
  public void dropSubnet(String group) {
    var now = groups.get(group);
    groups.replace(
        group, now.toBuilder().subnets(now.subnets().subList(1, now.subnets().size())).build());
  }

  // ---- what RDS does

  boolean uses(String securityGroup) {
    return instances.all().stream()
        .flatMap(i -> i.vpcSecurityGroups().stream())
        .anyMatch(g -> g.vpcSecurityGroupId().equals(securityGroup));
  }

  /** Whoever looks sees the next state. */
  void look() {
    for (var id : List.copyOf(busy.keySet())) if (busy.merge(id, -1, Integer::sum) <= 0) arrive(id);
  }

  void settle() {
    List.copyOf(busy.keySet()).forEach(this::arrive);
  }

  private void arrive(String id) {
    busy.remove(id);
    switch (instances.get(id).dbInstanceStatus()) {
      case "deleting" -> remove(id);
      case "stopping" -> edit(id, i -> i.dbInstanceStatus("stopped"));
      default ->
          edit(
              id,
              i ->
                  i.dbInstanceStatus(AVAILABLE)
                      .endpoint(e -> e.address(id + ".rds.example").port(5432)));
    }
  }

  void create(CreateDbInstanceRequest r) {
    var id = r.dbInstanceIdentifier();
    var instance =
        DBInstance.builder()
            .engine(r.engine())
            .engineVersion(r.engineVersion() + ".4")
            .dbName(r.dbName())
            .masterUsername(r.masterUsername())
            .dbInstanceClass(r.dbInstanceClass())
            .allocatedStorage(r.allocatedStorage())
            .maxAllocatedStorage(r.maxAllocatedStorage())
            .storageType(r.storageType())
            .storageEncrypted(r.storageEncrypted())
            .multiAZ(r.multiAZ())
            .publiclyAccessible(r.publiclyAccessible())
            .backupRetentionPeriod(r.backupRetentionPeriod())
            .preferredBackupWindow(or(r.preferredBackupWindow(), "01:00-01:30"))
            .preferredMaintenanceWindow(or(r.preferredMaintenanceWindow(), "mon:02:00-mon:02:30"))
            .deletionProtection(r.deletionProtection())
            .performanceInsightsEnabled(r.enablePerformanceInsights())
            .copyTagsToSnapshot(r.copyTagsToSnapshot())
            .autoMinorVersionUpgrade(r.autoMinorVersionUpgrade());
    passwords.put(id, r.masterUserPassword());
    born(
        id,
        instance.dbParameterGroups(inForce(r.dbParameterGroupName())),
        r.dbSubnetGroupName(),
        r.vpcSecurityGroupIds(),
        r.tags());
  }

  /** What a restore does not take is as AWS likes it. */
  void restore(RestoreDbInstanceFromDbSnapshotRequest r) {
    var from = snapshots.get(r.dbSnapshotIdentifier());
    restores.accept(r.dbSnapshotIdentifier());
    var id = r.dbInstanceIdentifier();
    var instance =
        DBInstance.builder()
            .engine(from.engine())
            .engineVersion(from.engineVersion())
            .dbName("app")
            .masterUsername(from.masterUsername())
            .dbInstanceClass(r.dbInstanceClass())
            .allocatedStorage(from.allocatedStorage())
            .storageType(r.storageType())
            .storageEncrypted(from.encrypted())
            .multiAZ(r.multiAZ())
            .publiclyAccessible(r.publiclyAccessible())
            .backupRetentionPeriod(1)
            .preferredBackupWindow("01:00-01:30")
            .preferredMaintenanceWindow("mon:02:00-mon:02:30")
            .deletionProtection(r.deletionProtection())
            .performanceInsightsEnabled(false)
            .copyTagsToSnapshot(r.copyTagsToSnapshot())
            .autoMinorVersionUpgrade(r.autoMinorVersionUpgrade());
    passwords.put(id, "as it was when the snapshot was taken");
    born(
        id,
        instance.dbParameterGroups(inForce(r.dbParameterGroupName())),
        r.dbSubnetGroupName(),
        r.vpcSecurityGroupIds(),
        r.tags());
  }

  private void born(
      String id,
      DBInstance.Builder instance,
      String subnetGroup,
      Collection<String> securityGroups,
      List<Tag> tags) {
    if (instances.find(id).isPresent())
      throw AwsErrors.refused("DBInstanceAlreadyExists", "DB instance already exists");
    var group = groups.get(subnetGroup);
    securityGroups.forEach(region.groups.shelf::get);
    region.tags.put(id, map(tags));
    instances.add(
        id,
        instance
            .dbInstanceIdentifier(id)
            .dbInstanceArn(ARN + "db:" + id)
            .dbInstanceStatus("creating")
            .dbSubnetGroup(group)
            .vpcSecurityGroups(memberships(securityGroups))
            .availabilityZone("eu-central-1a")
            .build());
    busy.put(id, Math.max(1, region.stateLag()));
  }

  void modify(ModifyDbInstanceRequest r) {
    var id = r.dbInstanceIdentifier();
    var now = mustBe(id, AVAILABLE);
    if (r.allocatedStorage() != null && r.allocatedStorage() < now.allocatedStorage())
      throw AwsErrors.refused("InvalidParameterCombination", "storage cannot shrink");
    if (r.maxAllocatedStorage() != null && r.maxAllocatedStorage() < now.allocatedStorage())
      throw AwsErrors.refused(
          "InvalidParameterCombination", "MaxAllocatedStorage is less than what is allocated");
    if (r.engineVersion() != null
        && !major(r.engineVersion()).equals(major(now.engineVersion()))
        && !Boolean.TRUE.equals(r.allowMajorVersionUpgrade()))
      throw AwsErrors.refused(
          "InvalidParameterCombination", "the AllowMajorVersionUpgrade flag must be present");
    var later = !Boolean.TRUE.equals(r.applyImmediately());
    edit(
        id,
        i -> {
          if (r.dbInstanceClass() != null && later)
            i.pendingModifiedValues(p -> p.dbInstanceClass(r.dbInstanceClass()));
          else i.dbInstanceClass(or(r.dbInstanceClass(), now.dbInstanceClass()));
          var most = or(r.maxAllocatedStorage(), now.maxAllocatedStorage());
          var storage = or(r.allocatedStorage(), now.allocatedStorage());
          if (r.engineVersion() != null) i.engineVersion(r.engineVersion() + ".1");
          return i.allocatedStorage(storage)
              // As much as there is means that it does not grow.
              .maxAllocatedStorage(Objects.equals(most, storage) ? null : most)
              .storageType(or(r.storageType(), now.storageType()))
              .multiAZ(or(r.multiAZ(), now.multiAZ()))
              .publiclyAccessible(or(r.publiclyAccessible(), now.publiclyAccessible()))
              .backupRetentionPeriod(or(r.backupRetentionPeriod(), now.backupRetentionPeriod()))
              .preferredBackupWindow(or(r.preferredBackupWindow(), now.preferredBackupWindow()))
              .preferredMaintenanceWindow(
                  or(r.preferredMaintenanceWindow(), now.preferredMaintenanceWindow()))
              .deletionProtection(or(r.deletionProtection(), now.deletionProtection()))
              .performanceInsightsEnabled(
                  or(r.enablePerformanceInsights(), now.performanceInsightsEnabled()))
              .copyTagsToSnapshot(or(r.copyTagsToSnapshot(), now.copyTagsToSnapshot()))
              .autoMinorVersionUpgrade(
                  or(r.autoMinorVersionUpgrade(), now.autoMinorVersionUpgrade()))
              .vpcSecurityGroups(
                  r.hasVpcSecurityGroupIds()
                      ? memberships(r.vpcSecurityGroupIds())
                      : now.vpcSecurityGroups())
              .dbInstanceStatus("modifying");
        });
    if (r.dbParameterGroupName() != null) {
      parameters.mustHave(r.dbParameterGroupName());
      edit(id, i -> i.dbParameterGroups(g -> g.dbParameterGroupName(r.dbParameterGroupName())));
      mustRestart(r.dbParameterGroupName());
    }
    if (r.masterUserPassword() != null) passwords.put(id, r.masterUserPassword());
    busy.put(id, Math.max(1, region.stateLag()));
  }

  private DBParameterGroupStatus inForce(String group) {
    parameters.mustHave(group);
    return DBParameterGroupStatus.builder()
        .dbParameterGroupName(group)
        .parameterApplyStatus("in-sync")
        .build();
  }

  boolean usesParameters(String group) {
    return instances.all().stream().anyMatch(i -> uses(i, group));
  }

  private static boolean uses(DBInstance instance, String group) {
    return instance.dbParameterGroups().stream()
        .anyMatch(g -> g.dbParameterGroupName().equals(group));
  }

  /** What is static in a group was changed. */
  void mustRestart(String group) {
    for (var instance : List.copyOf(instances.all()))
      if (uses(instance, group))
        edit(
            instance.dbInstanceIdentifier(),
            i ->
                i.dbParameterGroups(
                    g -> g.dbParameterGroupName(group).parameterApplyStatus("pending-reboot")));
  }

  void reboot(String id) {
    var instance = mustBe(id, AVAILABLE);
    var group = instance.dbParameterGroups().getFirst().dbParameterGroupName();
    edit(id, i -> i.dbInstanceStatus("rebooting").dbParameterGroups(inForce(group)));
    busy.put(id, Math.max(1, region.stateLag()));
  }

  private static String major(String version) {
    return version.replaceAll("\\..*", "");
  }

  void stop(String id) {
    mustBe(id, AVAILABLE);
    edit(id, i -> i.dbInstanceStatus("stopping"));
    busy.put(id, Math.max(1, region.stateLag()));
  }

  void start(String id) {
    mustBe(id, "stopped");
    edit(id, i -> i.dbInstanceStatus("starting"));
    busy.put(id, Math.max(1, region.stateLag()));
  }

  void delete(DeleteDbInstanceRequest r, Instant now) {
    var id = r.dbInstanceIdentifier();
    var instance = instances.get(id);
    if (instance.dbInstanceStatus().equals("deleting"))
      throw AwsErrors.refused("InvalidDBInstanceState", id + " is already being deleted");
    if (Boolean.TRUE.equals(instance.deletionProtection()))
      throw AwsErrors.refused("InvalidParameterCombination", "deletion protection is on");
    var skip = Boolean.TRUE.equals(r.skipFinalSnapshot());
    if (skip == (r.finalDBSnapshotIdentifier() != null))
      throw AwsErrors.refused("InvalidParameterCombination", "say whether to take a snapshot");
    if (!skip)
      snapshots.take(r.finalDBSnapshotIdentifier(), DbSnapshots.MANUAL, instance, tags(id), now);
    edit(id, i -> i.dbInstanceStatus("deleting"));
    busy.put(id, Math.max(1, region.stateLag()));
  }

  void createGroup(String name, List<String> subnetIds, List<Tag> tags) {
    if (groups.find(name).isPresent())
      throw AwsErrors.refused("DBSubnetGroupAlreadyExists", name + " already exists");
    region.tags.put(name, map(tags));
    groups.add(
        name,
        DBSubnetGroup.builder()
            .dbSubnetGroupName(name)
            .dbSubnetGroupArn(ARN + "subgrp:" + name)
            .subnets(subnets(subnetIds))
            .build());
  }

  void modifyGroup(String name, List<String> subnetIds) {
    groups.replace(name, groups.get(name).toBuilder().subnets(subnets(subnetIds)).build());
  }

  void deleteGroup(String name) {
    groups.get(name);
    if (instances.all().stream().anyMatch(i -> i.dbSubnetGroup().dbSubnetGroupName().equals(name)))
      throw AwsErrors.refused("InvalidDBSubnetGroupStateFault", name + " is in use");
    groups.remove(name);
  }

  List<Tag> tags(String id) {
    return region.tags.of(id).entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  DBInstance tagged(DBInstance instance) {
    return instance.toBuilder().tagList(tags(instance.dbInstanceIdentifier())).build();
  }

  static Map<String, String> map(List<Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(t -> map.put(t.key(), t.value()));
    return map;
  }

  private List<Subnet> subnets(List<String> ids) {
    ids.forEach(region.subnets.shelf::get);
    return ids.stream().map(id -> Subnet.builder().subnetIdentifier(id).build()).toList();
  }

  private static List<VpcSecurityGroupMembership> memberships(Collection<String> ids) {
    var memberships = new ArrayList<VpcSecurityGroupMembership>();
    for (var id : ids)
      memberships.add(VpcSecurityGroupMembership.builder().vpcSecurityGroupId(id).build());
    return memberships;
  }

  private DBInstance mustBe(String id, String status) {
    var instance = instances.get(id);
    if (!instance.dbInstanceStatus().equals(status))
      throw AwsErrors.refused(
          "InvalidDBInstanceState",
          "%s is %s and not %s".formatted(id, instance.dbInstanceStatus(), status));
    return instance;
  }

  private static <T> T or(T wanted, T now) {
    return wanted == null ? now : wanted;
  }
}
