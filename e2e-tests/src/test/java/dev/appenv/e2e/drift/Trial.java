package dev.appenv.e2e.drift;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.DriftStatus;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.History;
import dev.appenv.e2e.bed.Person;
import dev.appenv.operator.aws.hand.Hand;
import dev.appenv.operator.aws.hand.Hand.Done;
import dev.appenv.operator.aws.hand.Promises;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** What is done by hand in one environment, many things at a time, and what comes of it. */
final class Trial {
  static final String ONLY_REPORT =
      "{drift: {policy: {security: Report, data: Report, cost: Report, release: Report, cosmetic: Report}}}";

  private static final String REPAIR = "{drift: null}";
  private static final String REPORTED = "Reported";

  /** Beyond the pass in which everything is read anew. */
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(20);

  private final Environment environment;
  private final Aws aws;
  private final Waves waves;
  private final Map<Hand, Row> rows = new HashMap<>();

  // Of the present wave.
  private final Map<Done, Predicate<String>> done = new LinkedHashMap<>();
  private final Map<Done, DriftStatus> reported = new HashMap<>();
  private Map<String, Object> before = Map.of();
  private @Nullable History history;

  /**
   * @param environment one that only reports drift
   * @param hands what is put right
   */
  Trial(Environment environment, Aws aws, List<? extends Done> hands) {
    this.environment = environment;
    this.aws = aws;
    this.waves = new Waves(hands);
  }

  Map<Hand, Row> rows() {
    return rows;
  }

  boolean isOver() {
    return waves.isEmpty();
  }

  /** The next wave is done by hand. */
  void act() {
    var wave = waves.next();
    before =
        wave.isEmpty() || wave.stream().anyMatch(Trial::isWhole) ? Map.of() : Picture.of(person());
    act(wave)
        .forEach((hand, message) -> {
          if (!waves.again(hand)) rows.put(hand, refused(hand, message));
        });
  }

  private Map<Done, String> act(List<? extends Done> hands) {
    done.clear();
    reported.clear();
    var person = person();
    var refused = new LinkedHashMap<Done, String>();
    for (var hand : hands) {
      var named = hand.named(person::id);
      try {
        hand.deed().accept(person);
        done.put(hand, named);
      } catch (SdkException | NoSuchElementException e) {
        refused.put(hand, String.valueOf(e.getMessage()));
      }
    }
    person.settle();
    return refused;
  }

  /** Whatever was done is named, as far as it is seen at all. */
  void look() {
    environment.refresh();
    try {
      environment.until(
          SEEN_WITHIN,
          it ->
              assertThat(done.keySet())
                  .filteredOn(hand -> !(hand instanceof Hand.Left))
                  .allMatch(hand -> drift(hand).isPresent()));
    } catch (ConditionTimeoutException e) {
      // The table says which.
    }
    for (var hand : done.keySet()) drift(hand).ifPresent(drift -> reported.put(hand, drift));
  }

  /** From now on it may be put right. */
  void lift() {
    history = environment.watch();
    environment.change(REPAIR);
  }

  /** Returns when nothing is left to be done, and all is read once more. */
  void untilPutBack() {
    try {
      environment.until(
          SOON,
          it -> {
            assertThat(it.status().observedGeneration())
                .isEqualTo(it.get().getMetadata().getGeneration());
            assertThat(it.condition("InfrastructureReady").status()).isEqualTo("True");
            assertThat(it.status().plan()).isNull();
            assertThat(named()).isEmpty();
          });
    } catch (ConditionTimeoutException e) {
      // The table says what is still different.
    }
    var repairing = history == null ? List.<DriftStatus>of() : history.drift();
    if (history != null) history.close();
    environment.change(ONLY_REPORT);
    environment.refresh();
    var after = before.isEmpty() ? before : Picture.of(person());
    for (var hand : done.keySet()) rows.put(hand, row(hand, whatWasDone(hand, repairing, after)));
  }

  private String whatWasDone(Done hand, List<DriftStatus> said, Map<String, Object> after) {
    if (said.stream().noneMatch(d -> isOf(hand, d) && "Repairing".equals(d.action())))
      return "never said to be put back";
    if (drift(hand).isPresent()) return "still different";
    var name = hand.resource();
    return Objects.equals(before.get(name), after.get(name))
        ? Row.PUT_BACK
        : "in AWS not as before: %s, and was %s".formatted(after.get(name), before.get(name));
  }

  private static boolean isWhole(Hand hand) {
    return Promises.of(hand).field() == null;
  }

  private Person person() {
    return new Person(aws, environment.ids());
  }

  private List<Done> named() {
    return done.keySet().stream().filter(hand -> drift(hand).isPresent()).toList();
  }

  /** From now on there is only what is left as it is, though all may be put right. */
  void leave() {
    environment.change(REPAIR);
    environment.refresh();
  }

  /** Done by hand, and told as what a person has to decide, or not told at all. */
  void keep(List<? extends Done> hands) {
    var refused = act(hands);
    look();
    for (var hand : done.keySet())
      rows.put(
          hand,
          hand instanceof Hand.Left && drift(hand).isEmpty()
              ? new Row(hand, Row.NO, Row.LEFT)
              : row(hand, Row.REPORTED));
    refused.forEach((hand, message) -> rows.put(hand, refused(hand, message)));
  }

  private static Row refused(Done hand, String message) {
    return new Row(hand, Row.NO, "AWS refuses it: " + message);
  }

  private Row row(Done hand, String action) {
    var drift = reported.get(hand);
    if (drift == null) return new Row(hand, Row.NO, Row.NONE);
    var promised = Promises.of(hand).driftClass().label();
    if (!drift.driftClass().equals(promised))
      return new Row(hand, "as %s, not %s".formatted(drift.driftClass(), promised), action);
    if (!REPORTED.equals(drift.action()))
      return new Row(hand, Row.YES, "%s, though only to be reported".formatted(drift.action()));
    return new Row(hand, Row.YES, action);
  }

  private Optional<DriftStatus> drift(Done hand) {
    return environment.drift().stream().filter(drift -> isOf(hand, drift)).findFirst();
  }

  private boolean isOf(Done hand, DriftStatus drift) {
    var named = done.get(hand);
    return named != null && drift.resource().equals(hand.resource()) && named.test(drift.field());
  }
}
