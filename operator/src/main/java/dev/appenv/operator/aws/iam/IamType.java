package dev.appenv.operator.aws.iam;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.aws.resource.PolicyDocument;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

/** What the types of IAM do alike: known by names that we choose, under a path that says whose. */
public interface IamType<D extends AwsDesired, L extends AwsLive> extends NamedType<D, L> {
  /** Of all that we make. */
  String ROOT = "/appenv/";

  /** The names of all under a path. */
  Stream<String> names(IamClient iam, String path);

  void tag(IamClient iam, String id, List<Tag> tags);

  void untag(IamClient iam, String id, Collection<String> keys);

  /** Of all environments of this name, present or former. */
  static String path(Owner owner) {
    return ROOT + owner.path() + "/";
  }

  /** IAM has one space of names in an account; the UID is of no other environment. */
  @Override
  default String id(Owner owner, LogicalName name, @Nullable AppEnvironmentSpec spec) {
    return id(owner, name);
  }

  /** The same, without a wish that it could follow. */
  static String id(Owner owner, LogicalName name) {
    return "appenv-%s-%s"
        .formatted(owner.uid(), name.value().substring(name.value().indexOf('.') + 1));
  }

  @Override
  default boolean isListed(Calls aws, String id) {
    return names(aws.iam(Permit.READ), ROOT).anyMatch(id::equals);
  }

  @Override
  default Budget changeBudget() {
    return Budget.IAM;
  }

  @Override
  default List<String> retained(Calls aws, Owner owner, LogicalName name) {
    var mark = Objects.requireNonNull(OwnerTags.retained(owner, name).get(OwnerTags.RETAINED));
    return names(aws.iam(Permit.READ), path(owner))
        .filter(id ->
            find(aws, id)
                .filter(live -> mark.equals(live.tags().get(OwnerTags.RETAINED)))
                .isPresent())
        .toList();
  }

  @Override
  default void adopt(Calls aws, Owner owner, LogicalName name, L live) {
    var iam = aws.iam(Permit.MARK);
    tag(iam, live.id(), list(OwnerTags.of(owner, name)));
    untag(iam, live.id(), Set.of(OwnerTags.RETAINED));
  }

  @Override
  default void disown(Calls aws, Owner owner, LogicalName name, L live) {
    var iam = aws.iam(Permit.MARK);
    tag(iam, live.id(), list(OwnerTags.retained(owner, name)));
    untag(iam, live.id(), OwnerTags.of(owner, name).keySet());
  }

  /** Puts the tags among the differences right; does nothing when there are none. */
  default void putTags(IamClient iam, String id, List<Difference> differences) {
    var tags =
        differences.stream()
            .filter(difference -> difference.field().equals("tags"))
            .collect(Collectors.toMap(Difference::element, Difference::desired));
    if (!tags.isEmpty()) tag(iam, id, list(tags));
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  static Map<String, String> map(List<Tag> tags) {
    var map = new TreeMap<String, String>();
    tags.forEach(tag -> map.put(tag.key(), tag.value()));
    return map;
  }

  /** In one text for all that mean the same; IAM encodes documents as in a URL. */
  static String document(@Nullable String encoded) {
    return encoded == null
        ? ""
        : PolicyDocument.canonical(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
  }

  /** What IAM shows; nothing where it says that there is none. */
  static <T> Optional<T> present(Supplier<@Nullable T> read) {
    try {
      return Optional.ofNullable(read.get());
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }
}
