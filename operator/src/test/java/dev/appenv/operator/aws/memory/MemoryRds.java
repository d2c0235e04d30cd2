package dev.appenv.operator.aws.memory;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.CreateDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbParameterGroupResponse;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.DeleteDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbParameterGroupResponse;
import software.amazon.awssdk.services.rds.model.DeleteDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.DeleteDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.DeleteDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.rds.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotAttributesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotAttributesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSnapshotsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsResponse;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.rds.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbParameterGroupResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbSnapshotAttributeRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbSnapshotAttributeResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupResponse;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.rds.model.ResetDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.ResetDbParameterGroupResponse;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotResponse;
import software.amazon.awssdk.services.rds.model.StartDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StartDbInstanceResponse;
import software.amazon.awssdk.services.rds.model.StopDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.StopDbInstanceResponse;

/**
 * RDS as the SDK offers it, over a {@link MemoryRegion}; what is not overridden is not supported.
 */
public final class MemoryRds implements RdsClient {
  private final MemoryRegion region;
  private final Wire wire;
  private final InstantSource clock;

  public MemoryRds(MemoryRegion region, Wire wire, InstantSource clock) {
    this.region = region;
    this.wire = wire;
    this.clock = clock;
  }

  private Databases rds() {
    return region.databases;
  }

  private <T> T read(String operation, T empty, Supplier<T> call) {
    return wire.read(
        operation,
        empty,
        () -> {
          synchronized (region) {
            return call.get();
          }
        });
  }

  private <T> T change(String operation, T done, Runnable call) {
    return wire.change(
        operation,
        () -> {
          synchronized (region) {
            call.run();
            return done;
          }
        });
  }

  @Override
  public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest r) {
    return read(
        "DescribeDBInstances",
        DescribeDbInstancesResponse.builder().build(),
        () -> {
          rds().look();
          var page = page(rds().instances, r.dbInstanceIdentifier(), r.marker(), r.maxRecords());
          return DescribeDbInstancesResponse.builder()
              .dbInstances(page.things().stream().map(rds()::tagged).toList())
              .marker(page.nextToken())
              .build();
        });
  }

  private static <T> Shelf.Page<T> page(
      Shelf<T> shelf, @Nullable String id, @Nullable String marker, @Nullable Integer max) {
    return id == null
        ? shelf.page(List.of(), marker, max)
        : new Shelf.Page<>(shelf.byIds(List.of(id)), null);
  }

  @Override
  public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest r) {
    return change(
        "CreateDBInstance", CreateDbInstanceResponse.builder().build(), () -> rds().create(r));
  }

  @Override
  public RestoreDbInstanceFromDbSnapshotResponse restoreDBInstanceFromDBSnapshot(
      RestoreDbInstanceFromDbSnapshotRequest r) {
    return change(
        "RestoreDBInstanceFromDBSnapshot",
        RestoreDbInstanceFromDbSnapshotResponse.builder().build(),
        () -> rds().restore(r));
  }

  @Override
  public ModifyDbInstanceResponse modifyDBInstance(ModifyDbInstanceRequest r) {
    return change(
        "ModifyDBInstance", ModifyDbInstanceResponse.builder().build(), () -> rds().modify(r));
  }

  @Override
  public StopDbInstanceResponse stopDBInstance(StopDbInstanceRequest r) {
    return change(
        "StopDBInstance",
        StopDbInstanceResponse.builder().build(),
        () -> rds().stop(r.dbInstanceIdentifier()));
  }

  @Override
  public StartDbInstanceResponse startDBInstance(StartDbInstanceRequest r) {
    return change(
        "StartDBInstance",
        StartDbInstanceResponse.builder().build(),
        () -> rds().start(r.dbInstanceIdentifier()));
  }

  @Override
  public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest r) {
    return change(
        "DeleteDBInstance",
        DeleteDbInstanceResponse.builder().build(),
        () -> rds().delete(r, clock.instant()));
  }

  @Override
  public DescribeDbSnapshotsResponse describeDBSnapshots(DescribeDbSnapshotsRequest r) {
    return read(
        "DescribeDBSnapshots",
        DescribeDbSnapshotsResponse.builder().build(),
        () -> {
          var found = rds().snapshots.of(r.dbInstanceIdentifier(), r.snapshotType());
          var page = Pages.of(found, r.marker(), Math.min(100, region.pageSize()));
          return DescribeDbSnapshotsResponse.builder()
              .dbSnapshots(page.things())
              .marker(page.nextToken())
              .build();
        });
  }

  @Override
  public CreateDbSnapshotResponse createDBSnapshot(CreateDbSnapshotRequest r) {
    return change(
        "CreateDBSnapshot",
        CreateDbSnapshotResponse.builder().build(),
        () ->
            rds()
                .takeSnapshot(
                    r.dbInstanceIdentifier(), r.dbSnapshotIdentifier(), false, clock.instant()));
  }

  @Override
  public DeleteDbSnapshotResponse deleteDBSnapshot(DeleteDbSnapshotRequest r) {
    return change(
        "DeleteDBSnapshot",
        DeleteDbSnapshotResponse.builder().build(),
        () -> rds().snapshots.delete(r.dbSnapshotIdentifier()));
  }

  @Override
  public DescribeDbSnapshotAttributesResponse describeDBSnapshotAttributes(
      DescribeDbSnapshotAttributesRequest r) {
    return read(
        "DescribeDBSnapshotAttributes",
        DescribeDbSnapshotAttributesResponse.builder().dbSnapshotAttributesResult(a -> {}).build(),
        () ->
            DescribeDbSnapshotAttributesResponse.builder()
                .dbSnapshotAttributesResult(a ->
                    a.dbSnapshotAttributes(rds().snapshots.attributes(r.dbSnapshotIdentifier())))
                .build());
  }

  @Override
  public ModifyDbSnapshotAttributeResponse modifyDBSnapshotAttribute(
      ModifyDbSnapshotAttributeRequest r) {
    return change(
        "ModifyDBSnapshotAttribute",
        ModifyDbSnapshotAttributeResponse.builder().build(),
        () -> {
          var shares = rds().snapshots.shares(r.dbSnapshotIdentifier());
          shares.removeAll(r.valuesToRemove());
          shares.addAll(r.valuesToAdd());
        });
  }

  @Override
  public DescribeAccountAttributesResponse describeAccountAttributes(
      DescribeAccountAttributesRequest r) {
    return read(
        "DescribeAccountAttributes",
        DescribeAccountAttributesResponse.builder().build(),
        () ->
            DescribeAccountAttributesResponse.builder()
                .accountQuotas(rds().snapshots.quota())
                .build());
  }

  @Override
  public RebootDbInstanceResponse rebootDBInstance(RebootDbInstanceRequest r) {
    return change(
        "RebootDBInstance",
        RebootDbInstanceResponse.builder().build(),
        () -> rds().reboot(r.dbInstanceIdentifier()));
  }

  @Override
  public DescribeDbParameterGroupsResponse describeDBParameterGroups(
      DescribeDbParameterGroupsRequest r) {
    return read(
        "DescribeDBParameterGroups",
        DescribeDbParameterGroupsResponse.builder().build(),
        () -> {
          var page =
              page(rds().parameters.shelf, r.dbParameterGroupName(), r.marker(), r.maxRecords());
          return DescribeDbParameterGroupsResponse.builder()
              .dbParameterGroups(page.things())
              .marker(page.nextToken())
              .build();
        });
  }

  @Override
  public DescribeDbParametersResponse describeDBParameters(DescribeDbParametersRequest r) {
    return read(
        "DescribeDBParameters",
        DescribeDbParametersResponse.builder().build(),
        () -> rds().parameters.describe(r));
  }

  @Override
  public CreateDbParameterGroupResponse createDBParameterGroup(CreateDbParameterGroupRequest r) {
    return change(
        "CreateDBParameterGroup",
        CreateDbParameterGroupResponse.builder().build(),
        () -> rds().parameters.create(r));
  }

  @Override
  public ModifyDbParameterGroupResponse modifyDBParameterGroup(ModifyDbParameterGroupRequest r) {
    return change(
        "ModifyDBParameterGroup",
        ModifyDbParameterGroupResponse.builder().build(),
        () -> rds().parameters.modify(r.dbParameterGroupName(), r.parameters()));
  }

  @Override
  public ResetDbParameterGroupResponse resetDBParameterGroup(ResetDbParameterGroupRequest r) {
    return change(
        "ResetDBParameterGroup",
        ResetDbParameterGroupResponse.builder().build(),
        () -> rds().parameters.reset(r.dbParameterGroupName(), r.parameters()));
  }

  @Override
  public DeleteDbParameterGroupResponse deleteDBParameterGroup(DeleteDbParameterGroupRequest r) {
    return change(
        "DeleteDBParameterGroup",
        DeleteDbParameterGroupResponse.builder().build(),
        () -> rds().parameters.delete(r.dbParameterGroupName()));
  }

  @Override
  public DescribeDbSubnetGroupsResponse describeDBSubnetGroups(DescribeDbSubnetGroupsRequest r) {
    return read(
        "DescribeDBSubnetGroups",
        DescribeDbSubnetGroupsResponse.builder().build(),
        () -> {
          var page = page(rds().groups, r.dbSubnetGroupName(), r.marker(), r.maxRecords());
          return DescribeDbSubnetGroupsResponse.builder()
              .dbSubnetGroups(page.things())
              .marker(page.nextToken())
              .build();
        });
  }

  @Override
  public CreateDbSubnetGroupResponse createDBSubnetGroup(CreateDbSubnetGroupRequest r) {
    return change(
        "CreateDBSubnetGroup",
        CreateDbSubnetGroupResponse.builder().build(),
        () -> rds().createGroup(r.dbSubnetGroupName(), r.subnetIds(), r.tags()));
  }

  @Override
  public ModifyDbSubnetGroupResponse modifyDBSubnetGroup(ModifyDbSubnetGroupRequest r) {
    return change(
        "ModifyDBSubnetGroup",
        ModifyDbSubnetGroupResponse.builder().build(),
        () -> rds().modifyGroup(r.dbSubnetGroupName(), r.subnetIds()));
  }

  @Override
  public DeleteDbSubnetGroupResponse deleteDBSubnetGroup(DeleteDbSubnetGroupRequest r) {
    return change(
        "DeleteDBSubnetGroup",
        DeleteDbSubnetGroupResponse.builder().build(),
        () -> rds().deleteGroup(r.dbSubnetGroupName()));
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
    return read(
        "ListTagsForResource",
        ListTagsForResourceResponse.builder().build(),
        () ->
            ListTagsForResourceResponse.builder()
                .tagList(rds().tags(id(r.resourceName())))
                .build());
  }

  @Override
  public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest r) {
    return change(
        "AddTagsToResource",
        AddTagsToResourceResponse.builder().build(),
        () -> region.tags.put(id(r.resourceName()), Databases.map(r.tags())));
  }

  @Override
  public RemoveTagsFromResourceResponse removeTagsFromResource(RemoveTagsFromResourceRequest r) {
    return change(
        "RemoveTagsFromResource",
        RemoveTagsFromResourceResponse.builder().build(),
        () -> region.tags.drop(id(r.resourceName()), r.tagKeys()));
  }

  private static String id(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
