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
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticache.model.Tag;

/**
 * Tags of one resource of ElastiCache, by its ARN, in the forms in which it takes and gives them.
 */
final class CacheTags {
  private CacheTags() {}

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
