package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.DriftStatus;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Person;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import dev.appenv.operator.aws.hand.Hand;
import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hands;
import dev.appenv.operator.aws.hand.Promises;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every field of every resource is changed by hand over the wire, and named, classed and put right
 * as its kind says; printed as a table at the end. The hands are those that {@code DriftTest} has
 * in memory; what the emulator cannot do is shown there only.
 */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DriftTableIT {
  private static final String ACCOUNT = "drift-table";

  /** Status names at most 40. */
  private static final int AT_ONCE = 30;

  private static final String REPORT =
      "{drift: {policy: {security: Report, data: Report, cost: Report, release: Report, cosmetic: Report}}}";

  /** By resource or by resource and field. */
  private static final Map<String, String> BEYOND_THE_EMULATOR =
      Map.of(
          "cache.subnetGroup", "its caches have no nodes",
          "cache.replicationGroup", "its caches have no nodes");

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;
  private final Person person;
  private final Map<String, String> rows = new TreeMap<>();

  DriftTableIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    // So that what is read by itself is read often.
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT1S").restart();
    var boundary =
        aws.iam()
            .createPolicy(r ->
                r.policyName("machines-" + System.nanoTime())
                    .policyDocument(
                        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"))
            .policy()
            .arn();
    bed.addAccount(ACCOUNT, Map.of("team", "shop"), boundary);
    shop =
        bed.environment("table")
            .in(ACCOUNT)
            .spec(REPORT)
            .spec(
                "{lifecycle: {deletionPolicy: Delete}, bucket: {}, database: {maxStorageGiB: 100, backupWindow: '03:00-03:30', maintenanceWindow: 'sun:04:00-sun:04:30'}}")
            .create();
    person = new Person(aws, shop);
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    shop.untilInfrastructureReady();
  }

  @AfterAll
  void goes() {
    for (var hand : Hands.ALL)
      beyond(hand).ifPresent(why -> row(hand, hand.field(), "-", "in memory only: " + why));
    System.out.printf(
        "| resource | field | kind | class | seen | action |%n|---|---|---|---|---|---|%n");
    rows.values().forEach(System.out::println);
    shop.delete();
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT10S").restart();
  }

  private static Optional<String> beyond(Hand hand) {
    return Optional.ofNullable(
        BEYOND_THE_EMULATOR.getOrDefault(hand.resource(), BEYOND_THE_EMULATOR.get(hand.name())));
  }

  private void row(Hand hand, String path, String seen, String action) {
    var promise = Promises.of(hand);
    rows.put(
        hand.resource() + " " + path,
        "| %s | `%s` | %s | %s | %s | %s |"
            .formatted(
                hand.resource(),
                path,
                promise.kindName(),
                promise.driftClass().label(),
                seen,
                action));
  }

  @Test
  void every_field_that_somebody_changes_is_named_with_its_class_and_put_right() {
    var left = Hands.left().stream().filter(hand -> beyond(hand).isEmpty()).toList();
    left.forEach(hand -> hand.deed().accept(person));
    for (var batch : batches()) changed(batch);
    for (var hand : left) row(hand, hand.field(), "no", "none: " + hand.why());
    assertThat(shop.drift())
        .extracting(d -> d.resource() + " " + d.field())
        .doesNotContainAnyElementsOf(left.stream().map(Hand::name).toList());
  }

  /** Each with every field at most once; what cannot be put right is in the last. */
  private static List<List<Change>> batches() {
    var batches = new ArrayList<List<Change>>();
    Hands.changes().stream()
        .filter(change -> Promises.of(change).field() != null && beyond(change).isEmpty())
        .sorted(Comparator.comparing(change -> !Promises.of(change).isPutRight()))
        .forEach(change -> {
          var free =
              batches.stream()
                  .filter(b -> b.size() < AT_ONCE && Promises.of(change).isPutRight())
                  .filter(b -> b.stream().noneMatch(c -> c.name().equals(change.name())))
                  .findFirst();
          free.orElseGet(
                  () -> {
                    var batch = new ArrayList<Change>();
                    batches.add(batch);
                    return batch;
                  })
              .add(change);
        });
    // What runs can be changed; what is attached can be routed to.
    for (var batch : batches)
      batch.sort(Comparator.comparing(change -> change.field().matches("state|attachment")));
    return batches;
  }

  private void changed(List<Change> batch) {
    shop.change(REPORT);
    shop.refresh();
    var mark = aws.mark();
    for (var change : batch) done(change);
    shop.until(
        SOON,
        it ->
            assertThat(batch)
                .allSatisfy(change ->
                    assertThat(it.drift())
                        .as("drift of %s", change)
                        .anySatisfy(d -> {
                          assertThat(d.resource()).isEqualTo(change.resource());
                          assertThat(d.field()).isEqualTo(change.path(it::id));
                          assertThat(d.driftClass())
                              .isEqualTo(Promises.of(change).driftClass().label());
                          assertThat(d.action()).isEqualTo("Reported");
                        })));
    assertThat(mark.changes()).isEmpty();
    try (var history = shop.watch()) {
      shop.change("{drift: null}");
      shop.until(
          Environment.LIVE_WITHIN,
          it ->
              assertThat(batch)
                  .allSatisfy(change ->
                      assertThat(it.drift().stream().anyMatch(d -> is(d, change)))
                          .as("drift of %s is left", change)
                          .isEqualTo(!Promises.of(change).isPutRight())));
      for (var change : batch) {
        var actions =
            history.drift().stream().filter(d -> is(d, change)).map(DriftStatus::action).toList();
        var action = Promises.of(change).isPutRight() ? "Repairing" : "Reported";
        assertThat(actions).as("actions on %s", change).endsWith(action);
        row(change, change.path(id -> "{" + id + "}"), "yes", action);
      }
    }
  }

  private void done(Change change) {
    try {
      change.deed().accept(person);
    } catch (RuntimeException e) {
      throw new AssertionError("nobody can do " + change + " over the wire", e);
    }
  }

  private boolean is(DriftStatus drift, Change change) {
    return drift.resource().equals(change.resource())
        && drift.field().equals(change.path(shop::id));
  }
}
