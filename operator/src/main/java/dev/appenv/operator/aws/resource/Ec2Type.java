package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** What all types of EC2 do alike: AWS chooses their ids, and all bear tags from their creation. */
public interface Ec2Type<D extends AwsDesired, L extends AwsLive> extends ListedType<D, L> {

  @Override
  default Budget changeBudget() {
    return Budget.EC2_CHANGE;
  }

  /** Tags of what has ended stay visible for a while, so an id in here may be gone. */
  @Override
  default List<String> begun(Calls aws, Owner owner, LogicalName name) {
    var ec2 = aws.ec2(Permit.READ);
    var ids = tagged(ec2, OwnerTags.UID, owner.uid(), List.of());
    if (!ids.isEmpty()) ids = tagged(ec2, OwnerTags.RESOURCE, name.value(), ids);
    if (!ids.isEmpty()) ids = tagged(ec2, OwnerTags.CLUSTER, owner.clusterId(), ids);
    return ids;
  }

  @Override
  default List<String> retained(Calls aws, Owner owner, LogicalName name) {
    var tags = OwnerTags.retained(owner, name);
    return tagged(
        aws.ec2(Permit.READ),
        OwnerTags.RETAINED,
        Objects.requireNonNull(tags.get(OwnerTags.RETAINED)),
        List.of());
  }

  @Override
  default void adopt(Calls aws, Owner owner, LogicalName name, L live) {
    var ec2 = aws.ec2(Permit.MARK);
    var marks = OwnerTags.of(owner, name);
    if (!live.companions().isEmpty())
      ec2.createTags(
          r -> r.resources(live.companions()).tags(Ec2Tags.list(OwnerTags.withoutResource(marks))));
    ec2.createTags(r -> r.resources(live.id()).tags(Ec2Tags.list(marks)));
    ec2.deleteTags(r -> r.resources(all(live)).tags(Ec2Tags.keys(Map.of(OwnerTags.RETAINED, ""))));
  }

  private static List<String> all(AwsLive live) {
    return Stream.concat(live.companions().stream(), Stream.of(live.id())).toList();
  }

  private static List<String> tagged(Ec2Client ec2, String key, String value, List<String> among) {
    return ec2
        .describeTagsPaginator(r -> {
          var filters = new ArrayList<Filter>();
          filters.add(filter("key", List.of(key)));
          filters.add(filter("value", List.of(value)));
          if (!among.isEmpty()) filters.add(filter("resource-id", among));
          r.filters(filters).maxResults(1000);
        })
        .tags()
        .stream()
        .map(TagDescription::resourceId)
        .toList();
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  @Override
  default void disown(Calls aws, Owner owner, LogicalName name, L live) {
    var ec2 = aws.ec2(Permit.MARK);
    if (!live.companions().isEmpty())
      ec2.createTags(
          r -> r.resources(live.companions()).tags(Ec2Tags.list(OwnerTags.retained(owner))));
    ec2.createTags(r -> r.resources(live.id()).tags(Ec2Tags.list(OwnerTags.retained(owner, name))));
    ec2.deleteTags(r -> r.resources(all(live)).tags(Ec2Tags.keys(OwnerTags.of(owner, name))));
  }

  /** The one that a describe by id gives; nothing when EC2 says that there is none of this id. */
  static <T, L> Optional<L> one(String id, Supplier<List<T>> describe, Function<T, L> form) {
    try {
      var found = describe.get();
      if (found.isEmpty()) throw new AwsType.EmptyAnswer(id);
      return Optional.of(form.apply(found.getFirst()));
    } catch (Ec2Exception e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  /** Puts the tags among the differences right; does nothing when there are none. */
  static void putTags(Calls aws, String id, List<Difference> differences) {
    var tags = new TreeMap<String, String>();
    for (var difference : differences)
      if (difference.field().equals("tags")) tags.put(difference.element(), difference.desired());
    if (tags.isEmpty()) return;
    aws.ec2(Permit.CHANGE).createTags(r -> r.resources(id).tags(Ec2Tags.list(tags)));
  }
}
