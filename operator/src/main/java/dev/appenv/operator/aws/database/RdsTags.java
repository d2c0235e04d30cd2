package dev.appenv.operator.aws.database;

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
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;

/** Tags in the forms in which RDS takes and gives them, by the ARN of what bears them. */
final class RdsTags {
  private RdsTags() {}

  static Map<String, String> map(Collection<Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(t -> map.put(t.key(), t.value()));
    return map;
  }

  /** By ARN, the tags of all of a type that belong to the cluster: RDS lists them without. */
  static Map<String, Map<String, String>> ofCluster(Calls aws, String type, String clusterId) {
    return having(aws, type, OwnerTags.CLUSTER, clusterId);
  }

  /** The names of those of a type that a former environment of this owner's name gave up. */
  static List<String> retained(Calls aws, String type, Owner owner, LogicalName name) {
    var mark = OwnerTags.retained(owner, name).get(OwnerTags.RETAINED);
    return having(aws, type, OwnerTags.RETAINED, Objects.requireNonNull(mark)).keySet().stream()
        .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
        .toList();
  }

  private static Map<String, Map<String, String>> having(
      Calls aws, String type, String key, String value) {
    var byArn = new TreeMap<String, Map<String, String>>();
    aws.tagging()
        .getResourcesPaginator(
            r -> r.resourceTypeFilters(type).tagFilters(f -> f.key(key).values(value)))
        .resourceTagMappingList()
        .forEach(mapping -> {
          var tags = new TreeMap<String, String>();
          mapping.tags().forEach(t -> tags.put(t.key(), t.value()));
          byArn.put(mapping.resourceARN(), tags);
        });
    return byArn;
  }

  static Map<String, String> of(RdsClient rds, String arn) {
    return map(rds.listTagsForResource(r -> r.resourceName(arn)).tagList());
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  /** Puts the tags among the differences right; does nothing when there are none. */
  static void put(Calls aws, String arn, List<Difference> differences) {
    var tags = new TreeMap<String, String>();
    for (var difference : differences)
      if (difference.field().equals("tags")) tags.put(difference.element(), difference.desired());
    if (!tags.isEmpty())
      aws.client(RdsClient.class, Permit.CHANGE)
          .addTagsToResource(r -> r.resourceName(arn).tags(list(tags)));
  }

  static void adopt(Calls aws, String arn, Owner owner, LogicalName name) {
    var rds = aws.client(RdsClient.class, Permit.MARK);
    rds.addTagsToResource(r -> r.resourceName(arn).tags(list(OwnerTags.of(owner, name))));
    rds.removeTagsFromResource(r -> r.resourceName(arn).tagKeys(OwnerTags.RETAINED));
  }

  static void disown(Calls aws, String arn, Owner owner, LogicalName name) {
    var rds = aws.client(RdsClient.class, Permit.MARK);
    rds.addTagsToResource(r -> r.resourceName(arn).tags(list(OwnerTags.retained(owner, name))));
    rds.removeTagsFromResource(
        r -> r.resourceName(arn).tagKeys(OwnerTags.of(owner, name).keySet()));
  }
}
