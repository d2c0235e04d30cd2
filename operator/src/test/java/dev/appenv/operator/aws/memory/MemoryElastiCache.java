package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.elasticache.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupResponse;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSubnetGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteReplicationGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.IncreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.IncreaseReplicaCountResponse;
import software.amazon.awssdk.services.elasticache.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.elasticache.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheSubnetGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheSubnetGroupResponse;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupResponse;
import software.amazon.awssdk.services.elasticache.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.elasticache.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** ElastiCache as the SDK offers it, over a {@link MemoryRegion}. */
public final class MemoryElastiCache implements ElastiCacheClient {
  private final MemoryRegion region;
  private final Wire wire;

  public MemoryElastiCache(MemoryRegion region, Wire wire) {
    this.region = region;
    this.wire = wire;
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

  private <T> T change(String operation, Supplier<T> call) {
    return wire.change(
        operation,
        () -> {
          synchronized (region) {
            return call.get();
          }
        });
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public CreateCacheSubnetGroupResponse createCacheSubnetGroup(
      CreateCacheSubnetGroupRequest request) {
    return change(
        "CreateCacheSubnetGroup",
        () ->
            CreateCacheSubnetGroupResponse.builder()
                .cacheSubnetGroup(region.caches.create(request))
                .build());
  }

  @Override
  public ModifyCacheSubnetGroupResponse modifyCacheSubnetGroup(
      ModifyCacheSubnetGroupRequest request) {
    return change(
        "ModifyCacheSubnetGroup",
        () -> {
          region.caches.changeSubnets(request.cacheSubnetGroupName(), request.subnetIds());
          return ModifyCacheSubnetGroupResponse.builder().build();
        });
  }

  @Override
  public DeleteCacheSubnetGroupResponse deleteCacheSubnetGroup(
      DeleteCacheSubnetGroupRequest request) {
    return change(
        "DeleteCacheSubnetGroup",
        () -> {
          region.caches.deleteSubnetGroup(request.cacheSubnetGroupName());
          return DeleteCacheSubnetGroupResponse.builder().build();
        });
  }

  @Override
  public CreateReplicationGroupResponse createReplicationGroup(
      CreateReplicationGroupRequest request) {
    return change(
        "CreateReplicationGroup",
        () ->
            CreateReplicationGroupResponse.builder()
                .replicationGroup(region.caches.create(request))
                .build());
  }

  @Override
  public ModifyReplicationGroupResponse modifyReplicationGroup(
      ModifyReplicationGroupRequest request) {
    return change(
        "ModifyReplicationGroup",
        () -> {
          region.caches.modify(request);
          return ModifyReplicationGroupResponse.builder().build();
        });
  }

  @Override
  public IncreaseReplicaCountResponse increaseReplicaCount(IncreaseReplicaCountRequest request) {
    return change(
        "IncreaseReplicaCount",
        () -> {
          region.caches.replicas(request.replicationGroupId(), request.newReplicaCount());
          return IncreaseReplicaCountResponse.builder().build();
        });
  }

  @Override
  public DeleteReplicationGroupResponse deleteReplicationGroup(
      DeleteReplicationGroupRequest request) {
    return change(
        "DeleteReplicationGroup",
        () -> {
          region.caches.delete(request);
          return DeleteReplicationGroupResponse.builder().build();
        });
  }

  @Override
  public AddTagsToResourceResponse addTagsToResource(AddTagsToResourceRequest request) {
    return change(
        "AddTagsToResource",
        () -> {
          region.caches.tag(existing(request.resourceName()), request.tags());
          return AddTagsToResourceResponse.builder().build();
        });
  }

  @Override
  public RemoveTagsFromResourceResponse removeTagsFromResource(
      RemoveTagsFromResourceRequest request) {
    return change(
        "RemoveTagsFromResource",
        () -> {
          region.tags.of(existing(request.resourceName())).keySet().removeAll(request.tagKeys());
          return RemoveTagsFromResourceResponse.builder().build();
        });
  }

  @Override
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return read(
        "ListTagsForResource",
        ListTagsForResourceResponse.builder().build(),
        () ->
            ListTagsForResourceResponse.builder()
                .tagList(
                    region.tags.of(existing(request.resourceName())).entrySet().stream()
                        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                        .toList())
                .build());
  }

  private String existing(String arn) {
    var id = Caches.id(arn);
    if (!region.caches.has(id)) throw AwsErrors.notFound("ReplicationGroupNotFoundFault", id);
    return id;
  }

  @Override
  public DescribeReplicationGroupsResponse describeReplicationGroups(
      DescribeReplicationGroupsRequest request) {
    return read(
        "DescribeReplicationGroups",
        DescribeReplicationGroupsResponse.builder().build(),
        () -> {
          var id = request.replicationGroupId();
          if (id != null) {
            region.caches.look(id);
            return DescribeReplicationGroupsResponse.builder()
                .replicationGroups(region.caches.groups.byIds(List.of(id)))
                .build();
          }
          if (request.marker() == null) region.caches.lookAtAll();
          var page = region.caches.groups.page(List.of(), request.marker(), request.maxRecords());
          return DescribeReplicationGroupsResponse.builder()
              .replicationGroups(page.things())
              .marker(page.nextToken())
              .build();
        });
  }

  @Override
  public DescribeCacheSubnetGroupsResponse describeCacheSubnetGroups(
      DescribeCacheSubnetGroupsRequest request) {
    return read(
        "DescribeCacheSubnetGroups",
        DescribeCacheSubnetGroupsResponse.builder().build(),
        () -> {
          var shelf = region.caches.subnetGroups;
          var name = request.cacheSubnetGroupName();
          if (name != null)
            return DescribeCacheSubnetGroupsResponse.builder()
                .cacheSubnetGroups(shelf.byIds(List.of(name)))
                .build();
          var page = shelf.page(List.of(), request.marker(), request.maxRecords());
          return DescribeCacheSubnetGroupsResponse.builder()
              .cacheSubnetGroups(page.things())
              .marker(page.nextToken())
              .build();
        });
  }

  @Override
  public DescribeCacheClustersResponse describeCacheClusters(DescribeCacheClustersRequest request) {
    return read(
        "DescribeCacheClusters",
        DescribeCacheClustersResponse.builder().build(),
        () -> {
          var id = request.cacheClusterId();
          if (id != null)
            return DescribeCacheClustersResponse.builder()
                .cacheClusters(region.caches.cluster(id))
                .build();
          var page =
              Pages.of(
                  region.caches.clusters(),
                  request.marker(),
                  Math.min(request.maxRecords(), region.pageSize()));
          return DescribeCacheClustersResponse.builder()
              .cacheClusters(page.things())
              .marker(page.nextToken())
              .build();
        });
  }
}
