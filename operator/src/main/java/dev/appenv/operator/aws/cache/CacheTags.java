package dev.appenv.operator.aws.cache;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticache.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;

/**
 * Tags of ElastiCache, which its own lists do not show: those of all environments come from the
 * tagging API, those of one resource from ElastiCache.
 */
final class CacheTags {
  private CacheTags() {}

  /** By ARN, the tags of all of a type that belong to the cluster. */
  static Map<String, Map<String, String>> ofCluster(Calls aws, String type, String clusterId) {
    return having(aws, type, OwnerTags.CLUSTER, clusterId);
  }

  /** The names of those of a type that a former environment of this owner's name gave up. */
  static List<String> retained(Calls aws, String type, Owner owner, LogicalName name) {
    var tags = OwnerTags.retained(owner, name);
    return having(
            aws, type, OwnerTags.RETAINED, Objects.requireNonNull(tags.get(OwnerTags.RETAINED)))
        .keySet()
        .stream()
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
            Collectors.toMap(ResourceTagMapping::resourceARN, CacheTags::map, (one, _) -> one));
  }

  private static Map<String, String> map(ResourceTagMapping mapping) {
    var map = new TreeMap<String, String>();
    mapping.tags().forEach(t -> map.put(t.key(), t.value()));
    return map;
  }

  static Map<String, String> of(Calls aws, String arn) {
    var map = new TreeMap<String, String>();
    aws.elastiCache(Permit.READ)
        .listTagsForResource(r -> r.resourceName(arn))
        .tagList()
        .forEach(t -> map.put(t.key(), t.value()));
    return map;
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  /** Puts the tags among the differences right; does nothing when there are none. */
  static void put(Calls aws, String arn, Collection<Difference> differences) {
    var tags = new TreeMap<String, String>();
    for (var difference : differences)
      if (difference.field().equals("tags")) tags.put(difference.element(), difference.desired());
    if (tags.isEmpty()) return;
    aws.elastiCache(Permit.CHANGE).addTagsToResource(r -> r.resourceName(arn).tags(list(tags)));
  }

  static void adopt(Calls aws, String arn, Owner owner, LogicalName name) {
    var elastiCache = aws.elastiCache(Permit.MARK);
    elastiCache.addTagsToResource(r -> r.resourceName(arn).tags(list(OwnerTags.of(owner, name))));
    elastiCache.removeTagsFromResource(r -> r.resourceName(arn).tagKeys(OwnerTags.RETAINED));
  }

  static void disown(Calls aws, String arn, Owner owner, LogicalName name) {
    var elastiCache = aws.elastiCache(Permit.MARK);
    elastiCache.addTagsToResource(
        r -> r.resourceName(arn).tags(list(OwnerTags.retained(owner, name))));
    elastiCache.removeTagsFromResource(
        r -> r.resourceName(arn).tagKeys(OwnerTags.of(owner, name).keySet()));
  }
}
