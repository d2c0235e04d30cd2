package dev.appenv.operator.aws.hand;

import java.util.List;
import java.util.stream.Stream;

/**
 * The one list of hands. Each field of each resource, and each resource itself, has at least one: a
 * field that is new gets its own in the class of its noun.
 */
public final class Hands {
  public static final List<Hand> ALL =
      Stream.of(
              NetworkHands.ALL,
              ComputeHands.ALL,
              DatabaseHands.ALL,
              CacheHands.ALL,
              StorageHands.ALL,
              EmailHands.ALL,
              IdentityHands.ALL,
              DnsHands.ALL)
          .flatMap(List::stream)
          .toList();

  private Hands() {}

  public static List<Hand.Change> changes() {
    return all(Hand.Change.class);
  }

  public static List<Hand.Told> told() {
    return all(Hand.Told.class);
  }

  public static List<Hand.Left> left() {
    return all(Hand.Left.class);
  }

  private static <H extends Hand> List<H> all(Class<H> kind) {
    return ALL.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
