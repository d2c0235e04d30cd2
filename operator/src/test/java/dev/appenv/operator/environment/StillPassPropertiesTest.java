package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hands;
import dev.appenv.operator.aws.hand.Promises;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What holds for all nouns, whatever is wished for and whatever somebody did. {@code
 * -Dworld.seed=...} runs one world alone.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("exhaustive")
class StillPassPropertiesTest {
  private static final int WORLDS = 20;

  /** A database that is made, changed, stopped and started takes many looks. */
  private static final int ENOUGH = 200;

  /** What is read by itself is read again within these. */
  private static final int ONCE_MORE = 64;

  private static final AtomicInteger DONE = new AtomicInteger();
  private static final AtomicInteger REFUSED = new AtomicInteger();

  @AfterAll
  static void summary() {
    System.out.printf(
        "%d worlds, changed by %d hands; AWS refused %d more%n", WORLDS, DONE.get(), REFUSED.get());
  }

  private static Stream<DynamicTest> worlds(Consumer<Random> property) {
    var replay = Long.getLong("world.seed");
    var seeds =
        replay == null ? new Random(20261126).longs(WORLDS).boxed().toList() : List.of(replay);
    return seeds.stream()
        .map(seed ->
            DynamicTest.dynamicTest(
                "-Dworld.seed=" + seed, () -> property.accept(new Random(seed))));
  }

  @TestFactory
  Stream<DynamicTest> a_plan_that_was_carried_out_leaves_an_empty_one_and_a_still_pass() {
    return worlds(random -> {
      var wishes = new Wishes(random);
      var stage = new Stage();
      stage.nameZone();
      stage.cluster.apply(wishes.any());
      untilStill(stage);
      meddle(stage, random);
      if (random.nextBoolean()) stage.cluster.apply(wishes.after(stage.cluster.spec()));
      untilStill(stage);
    });
  }

  @TestFactory
  Stream<DynamicTest> every_difference_is_in_the_same_plan() {
    return worlds(random -> {
      var stage = new Stage();
      stage.nameZone();
      stage.cluster.permissionsBoundary("arn:aws:iam::123456789012:policy/machines");
      stage.cluster.apply(Specs.reportOnly(Specs.EVERYTHING));
      untilStill(stage);
      var named = new LinkedHashMap<Change, Predicate<String>>();
      for (var change : differing(random)) {
        DONE.incrementAndGet();
        named.put(change, change.named(stage::id));
        change.deed().accept(stage);
      }
      stage.cluster.annotate(Annotations.REFRESH, "1");
      stage.passes(ONCE_MORE);
      named.forEach((change, its) ->
          assertThat(stage.drift())
              .as(change::toString)
              .anyMatch(d -> d.resource().equals(change.resource()) && its.test(d.field())));
    });
  }

  /** Some changes by hand, each of another field, of which none makes another impossible. */
  private static List<Change> differing(Random random) {
    var changes = new ArrayList<>(Hands.changes());
    changes.removeIf(change -> Promises.of(change).field() == null);
    Collections.shuffle(changes, random);
    var fields = new HashSet<String>();
    changes.removeIf(change -> !fields.add(change.name()));
    // What runs can be changed; what is attached can be routed to; what has a value has a TTL.
    return changes.subList(0, 2 + random.nextInt(12)).stream()
        .filter(change -> !change.name().matches("compute.instance type|dns.record ttl"))
        .sorted(Comparator.comparing(change -> change.field().matches("state|attachment")))
        .toList();
  }

  /** Somebody does what AWS lets them do. */
  private static void meddle(Stage stage, Random random) {
    var changes = new ArrayList<>(Hands.changes());
    changes.removeIf(change -> !Promises.of(change).isPutRight() || !isThere(stage, change));
    Collections.shuffle(changes, random);
    for (var change : changes.subList(0, random.nextInt(8)))
      try {
        change.deed().accept(stage);
        DONE.incrementAndGet();
      } catch (AwsServiceException | NoSuchElementException e) {
        // Or what was to be changed is gone by another hand.
        REFUSED.incrementAndGet();
      }
    stage.cluster.annotate(Annotations.REFRESH, "1");
  }

  private static boolean isThere(Stage stage, Change change) {
    return Objects.requireNonNull(stage.status().resources()).stream()
        .anyMatch(r -> r.name().equals(change.resource()));
  }

  private static void untilStill(Stage stage) {
    for (var i = 0; i < ENOUGH && !stage.isAsDesired(); i++) stage.pass();
    assertThat(stage.isAsDesired()).as(() -> "as desired: " + stage.status()).isTrue();
    // What is read by itself may differ and not have been read yet.
    stage.passes(ONCE_MORE);
    for (var i = 0; i < ENOUGH && !stage.isAsDesired(); i++) stage.pass();
    stage.pass();
    var before = stage.region.snapshot();
    var writes = stage.cluster.writes();
    stage.world.wire().forgetCounts();
    stage.passes(ONCE_MORE);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.status().plan()).isNull();
    assertThat(stage.drift()).isEmpty();
    assertThat(stage.cluster.writes()).isEqualTo(writes);
    assertThat(stage.region.snapshot()).isEqualTo(before);
  }
}
