package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Difference;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What all EC2 types do alike. */
public final class Ec2Resources {
  private Ec2Resources() {}

  /** The one that a describe by id gives; nothing when EC2 says that there is none of this id. */
  public static <T, L> Optional<L> one(String id, Supplier<List<T>> describe, Function<T, L> form) {
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
  public static void putTags(Calls aws, String id, List<Difference> differences) {
    var tags = new TreeMap<String, String>();
    for (var difference : differences)
      if (difference.field().equals("tags")) tags.put(difference.element(), difference.desired());
    if (tags.isEmpty()) return;
    var wanted =
        tags.entrySet().stream()
            .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    aws.ec2(Permit.CHANGE).createTags(r -> r.resources(id).tags(wanted));
  }

  /** Whether one of the differences is in this field. */
  public static boolean touches(List<Difference> differences, String field) {
    return differences.stream().anyMatch(d -> d.field().equals(field));
  }
}
