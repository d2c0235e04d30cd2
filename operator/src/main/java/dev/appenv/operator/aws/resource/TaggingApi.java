package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;

/**
 * The tags of all environments at once, for services whose own lists do not show any. Types are
 * named as in "Services that support the Resource Groups Tagging API", such as {@code rds:subgrp}.
 */
public final class TaggingApi {
  private TaggingApi() {}

  /** By ARN, the tags of all of a type that belong to the cluster. */
  public static Map<String, Map<String, String>> ofCluster(
      Calls aws, String type, String clusterId) {
    return having(aws, type, OwnerTags.CLUSTER, clusterId);
  }

  /** The names of those of a type that a former environment of this owner's name gave up. */
  public static List<String> retained(Calls aws, String type, Owner owner, LogicalName name) {
    var mark = Objects.requireNonNull(OwnerTags.retained(owner, name).get(OwnerTags.RETAINED));
    return having(aws, type, OwnerTags.RETAINED, mark).keySet().stream()
        .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
        .toList();
  }

  private static Map<String, Map<String, String>> having(
      Calls aws, String type, String key, String value) {
    return aws
        .tagging()
        .getResourcesPaginator(
            r -> r.resourceTypeFilters(type).tagFilters(f -> f.key(key).values(value)))
        .resourceTagMappingList()
        .stream()
        .collect(
            Collectors.toMap(ResourceTagMapping::resourceARN, TaggingApi::map, (one, _) -> one));
  }

  private static Map<String, String> map(ResourceTagMapping mapping) {
    var map = new TreeMap<String, String>();
    mapping.tags().forEach(t -> map.put(t.key(), t.value()));
    return map;
  }
}
