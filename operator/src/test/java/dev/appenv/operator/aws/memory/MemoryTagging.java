package dev.appenv.operator.aws.memory;

import java.util.Objects;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/** The tags of what has ARNs, over a {@link MemoryRegion}. */
public final class MemoryTagging implements ResourceGroupsTaggingApiClient {
  private static final int LARGEST_PAGE = 100;

  private final MemoryRegion region;
  private final Wire wire;

  public MemoryTagging(MemoryRegion region, Wire wire) {
    this.region = region;
    this.wire = wire;
  }

  @Override
  public GetResourcesResponse getResources(GetResourcesRequest request) {
    return wire.read(
        "GetResources",
        GetResourcesResponse.builder().build(),
        () -> {
          synchronized (region) {
            return answer(request);
          }
        });
  }

  private GetResourcesResponse answer(GetResourcesRequest request) {
    var found =
        request.resourceTypeFilters().stream()
            .flatMap(type -> region.arns(type).stream())
            .filter(arn -> matches(arn, request))
            .map(this::mapping)
            .toList();
    var page =
        Pages.of(found, request.paginationToken(), Math.min(LARGEST_PAGE, region.pageSize()));
    return GetResourcesResponse.builder()
        .resourceTagMappingList(page.things())
        .paginationToken(Objects.requireNonNullElse(page.nextToken(), ""))
        .build();
  }

  private boolean matches(String arn, GetResourcesRequest request) {
    var tags = region.tags.of(Caches.id(arn));
    return request.tagFilters().stream().allMatch(f -> f.values().contains(tags.get(f.key())));
  }

  private ResourceTagMapping mapping(String arn) {
    return ResourceTagMapping.builder()
        .resourceARN(arn)
        .tags(
            region.tags.of(Caches.id(arn)).entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
