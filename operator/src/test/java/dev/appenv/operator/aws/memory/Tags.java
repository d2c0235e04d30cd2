package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The tags of everything, kept apart so that they can be searched as DescribeTags does. */
final class Tags {
  private final MemoryRegion region;
  private final NavigableMap<String, SortedMap<String, String>> byId = new TreeMap<>();

  Tags(MemoryRegion region) {
    this.region = region;
  }

  SortedMap<String, String> of(String id) {
    return byId.getOrDefault(id, new TreeMap<>());
  }

  List<Tag> list(String id) {
    return of(id).entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  void forget(String id) {
    byId.remove(id);
  }

  /** The tags that a create call gives to what it makes. */
  void born(String id, String type, List<TagSpecification> specifications) {
    for (var specification : specifications)
      if (specification.resourceTypeAsString().equals(type)) put(id, specification.tags());
  }

  void put(String id, Map<String, String> tags) {
    byId.computeIfAbsent(id, _ -> new TreeMap<>()).putAll(tags);
  }

  void drop(String id, Collection<String> keys) {
    for (var key : keys) of(id).remove(key);
  }

  private void put(String id, List<Tag> tags) {
    var all = byId.computeIfAbsent(id, _ -> new TreeMap<>());
    tags.forEach(t -> all.put(t.key(), t.value()));
  }

  CreateTagsResponse create(CreateTagsRequest request) {
    request.resources().forEach(this::mustExist);
    request.resources().forEach(id -> put(id, request.tags()));
    return CreateTagsResponse.builder().build();
  }

  DeleteTagsResponse delete(DeleteTagsRequest request) {
    request.resources().forEach(this::mustExist);
    for (var id : request.resources())
      for (var tag : request.tags()) {
        var all = byId.getOrDefault(id, new TreeMap<>());
        if (tag.value() == null || tag.value().equals(all.get(tag.key()))) all.remove(tag.key());
      }
    return DeleteTagsResponse.builder().build();
  }

  private void mustExist(String id) {
    if (!region.ids().contains(id))
      throw AwsErrors.refused("InvalidID", "The ID '%s' is not valid".formatted(id));
  }

  DescribeTagsResponse describe(DescribeTagsRequest request) {
    var found = new ArrayList<TagDescription>();
    byId.forEach((id, tags) ->
        tags.forEach((key, value) -> {
          var tag = TagDescription.builder().resourceId(id).key(key).value(value).build();
          if (isShown(id) && matches(tag, request.filters())) found.add(tag);
        }));
    var from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    var size =
        request.maxResults() == null
            ? found.size()
            : Math.min(request.maxResults(), region.pageSize());
    var to = Math.min(found.size(), from + size);
    return DescribeTagsResponse.builder()
        .tags(found.subList(from, to))
        .nextToken(to < found.size() ? String.valueOf(to) : null)
        .build();
  }

  /** A new resource shows here when it shows in its own list. */
  private boolean isShown(String id) {
    if (region.caches.has(id)) return false;
    return Stream.of(
            region.vpcs.shelf,
            region.subnets.shelf,
            region.gateways.shelf,
            region.tables.shelf,
            region.groups.shelf,
            region.keys.shelf,
            region.instances.shelf,
            region.addresses.shelf,
            region.buckets.shelf)
        .allMatch(shelf -> shelf.isListed(id));
  }

  private static boolean matches(TagDescription tag, List<Filter> filters) {
    return filters.stream()
        .allMatch(f ->
            f.values()
                .contains(
                    switch (f.name()) {
                      case "key" -> tag.key();
                      case "value" -> tag.value();
                      case "resource-id" -> tag.resourceId();
                      default ->
                          throw AwsErrors.refused(
                              "InvalidParameterValue",
                              "The filter '%s' is invalid".formatted(f.name()));
                    }));
  }
}
