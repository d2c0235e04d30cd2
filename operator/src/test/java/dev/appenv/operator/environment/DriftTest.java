package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.DriftStatus;
import dev.appenv.operator.aws.hand.ComputeHands;
import dev.appenv.operator.aws.hand.Hand;
import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hands;
import dev.appenv.operator.aws.hand.NetworkHands;
import dev.appenv.operator.aws.hand.Promises;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever somebody changes at the console is named with its class, left alone where the policy
 * only asks for a report, and put right where it may be. Printed as a table at the end.
 */
@Execution(ExecutionMode.CONCURRENT)
class DriftTest {
  /** Seen within: lists are at most a sweep interval old. */
  private static final int SOON = 4;

  /** What is known by its name is read by itself, every twelve sweep intervals. */
  private static final int LATER = 26;

  /** And what is dear to read, every thirty. */
  private static final int MUCH_LATER = 64;

  private static final String PARAMETERS = "database.parameterGroup parameters";
  private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/machines";

  /** What was seen of each field, by resource and path. */
  private static final Map<String, String> ROWS = new ConcurrentSkipListMap<>();

  @AfterAll
  static void table() {
    System.out.printf(
        "| resource | field | kind | class | seen | action |%n|---|---|---|---|---|---|%n");
    ROWS.values().forEach(System.out::println);
  }

  private static void row(Hand hand, String path, String seen, String action) {
    var promise = Promises.of(hand);
    ROWS.put(
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

  private static int soon(Hand hand) {
    if (hand.resource().startsWith("email.") || hand.name().equals(PARAMETERS)) return MUCH_LATER;
    return hand.resource().matches("(storage|identity|dns)\\..*")
            || hand.field().equals("interfaces")
        ? LATER
        : SOON;
  }

  /** What the resource is part of is there where it is wished for. */
  private static AppEnvironmentSpec spec(Hand hand) {
    if (hand.resource().startsWith("cache."))
      return Specs.cache(Specs.DEDICATED, "{snapshotRetentionDays: 3}");
    if (hand.resource().startsWith("database."))
      return Specs.database(
          Specs.DEDICATED,
          "{storageGiB: 20, maxStorageGiB: 100, backupWindow: '03:00-03:30', maintenanceWindow: 'sun:04:00-sun:04:30'}");
    if (hand.resource().startsWith("dns.")) return Specs.domain(Specs.DEDICATED, Stage.DOMAIN);
    if (hand.resource().startsWith("email."))
      return Specs.email(Specs.DEDICATED, "{from: noreply@shop.example.com}");
    return hand.resource().matches("(storage|identity)\\..*")
            || hand.field().matches("iamInstanceProfile|.*HopLimit")
        ? Specs.bucket(Specs.DEDICATED, "{}")
        : Specs.DEDICATED;
  }

  private static void begin(Stage stage, AppEnvironmentSpec spec) {
    stage.cluster.permissionsBoundary(BOUNDARY);
    stage.nameZone();
    stage.cluster.apply(spec);
    stage.untilAsDesired();
  }

  private static void done(Stage stage, Change change) {
    change.deed().accept(stage);
    // Looked at twice an hour, and when somebody says so.
    if (change.field().equals("snapshotShares")) stage.cluster.annotate(Annotations.REFRESH, "1");
  }

  /** Each that is put right, from beginning to end. */
  static List<Story> stories() {
    return Hands.changes().stream()
        .filter(change -> Promises.of(change).isPutRight())
        .map(change ->
            new Story(
                change + ", done by hand",
                s -> begin(s, spec(change)),
                s -> done(s, change),
                s -> {
                  s.passes(soon(change));
                  s.untilAsDesired();
                },
                Story::isWhole))
        .toList();
  }

  private static Set<String> named(Stage stage) {
    return stage.drift().stream()
        .map(d -> d.resource() + " " + d.field())
        .collect(Collectors.toSet());
  }

  @TestFactory
  Stream<DynamicTest> is_reported_with_its_class_and_then_put_right() {
    return Hands.changes().stream().map(c -> dynamicTest(c.toString(), () -> tried(c)));
  }

  private static void tried(Change change) {
    var promise = Promises.of(change);
    var stage = new Stage();
    begin(stage, Specs.reportOnly(spec(change)));
    var names = stage.ownedNames();
    var named = change.named(stage::id);
    done(stage, change);
    stage.world.wire().forgetCounts();
    for (var i = 0; i < soon(change) && drift(stage, change, named).isEmpty(); i++) stage.pass();
    assertThat(drift(stage, change, named))
        .as("seen in %s", named(stage))
        .singleElement()
        .satisfies(d -> assertThat(d.driftClass()).isEqualTo(promise.driftClass().label()));
    assertThat(stage.drift()).extracting(DriftStatus::action).containsOnly("Reported");
    assertThat(stage.condition("Drifted").status()).isEqualTo("True");
    assertThat(stage.world.wire().changes()).isEmpty();

    stage.cluster.apply(spec(change));
    stage.pass();
    var action = drift(stage, change, named).stream().map(DriftStatus::action).findFirst();
    if (promise.isPutRight()) {
      assertThat(action).hasValue("Repairing");
      stage.untilAsDesired();
      assertThat(stage.instance().state().nameAsString()).isEqualTo("running");
      assertThat(stage.ownedNames()).isEqualTo(names).doesNotHaveDuplicates();
    } else {
      assertThat(action).hasValue("Reported");
      stage.passes(LATER);
      assertThat(stage.condition("Ready").status()).isEqualTo("False");
      assertThat(drift(stage, change, named)).isNotEmpty();
      assertThat(stage.world.wire().changes()).isEmpty();
    }
    row(change, change.path(id -> "{" + id + "}"), "yes", action.orElseThrow());
  }

  private static List<DriftStatus> drift(Stage stage, Hand hand, Predicate<String> named) {
    return stage.drift().stream()
        .filter(d -> d.resource().equals(hand.resource()) && named.test(d.field()))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> is_told_and_never_touched_where_it_is_not_ours() {
    return Hands.told().stream()
        .map(told ->
            dynamicTest(
                told.toString(),
                () -> {
                  var stage = new Stage();
                  begin(stage, spec(told));
                  told.deed().accept(stage);
                  stage.world.wire().forgetCounts();
                  stage.passes(LATER);
                  assertThat(drift(stage, told, told.named(stage::id)))
                      .singleElement()
                      .satisfies(d -> {
                        assertThat(d.driftClass())
                            .isEqualTo(Promises.of(told).driftClass().label());
                        assertThat(d.action()).isEqualTo("Reported");
                      });
                  assertThat(stage.world.wire().changes()).isEmpty();
                  row(told, told.field(), "yes", "Reported");
                }));
  }

  @TestFactory
  Stream<DynamicTest> is_neither_named_nor_touched_where_it_is_not_ours_to_mind() {
    return Hands.left().stream()
        .map(left ->
            dynamicTest(
                left.toString(),
                () -> {
                  var stage = new Stage();
                  begin(stage, spec(left));
                  left.deed().accept(stage);
                  stage.world.wire().forgetCounts();
                  for (var i = 0; i < LATER; i++) {
                    stage.pass();
                    assertThat(named(stage)).isEmpty();
                  }
                  assertThat(stage.world.wire().changes()).isEmpty();
                  row(left, left.field(), "no", "none: " + left.why());
                }));
  }

  @Test
  void every_field_of_every_resource_has_a_hand() {
    var tried = Hands.ALL.stream().map(Hand::name).collect(Collectors.toSet());
    var promised = new TreeSet<>(Promises.ALL.keySet());
    assertThat(promised)
        .allSatisfy(name ->
            assertThat(tried)
                .as(
                    "what can become of %s is missing: add a Hand.Change, Hand.Told, Hand.Left or Hand.Never to the class of its noun in aws/hand (a new class goes into Hands)",
                    name)
                .contains(name));
    assertThat(promised).as("hands of what is in no field table").containsAll(tried);
  }

  @Test
  void is_put_right_once_the_policy_lets_it() {
    var stage = new Stage();
    stage.cluster.apply(Specs.reportOnly(Specs.DEDICATED));
    stage.untilAsDesired();
    NetworkHands.everything(stage);
    stage.passes(SOON);
    stage.cluster.apply(Specs.DEDICATED);
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).hasSize(13).doesNotHaveDuplicates();
  }

  @Test
  void is_only_reported_while_suspended() {
    var stage = Stage.created();
    stage.cluster.apply(Specs.suspended(stage.cluster.spec()));
    NetworkHands.openPort(stage, "network.machineSecurityGroup", 5432);
    stage.world.wire().forgetCounts();
    stage.passes(SOON);
    assertThat(stage.drift()).extracting(DriftStatus::action).containsExactly("Reported");
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void what_is_ignored_is_neither_told_nor_touched() {
    var stage = new Stage();
    stage.cluster.apply(
        Specs.drift(Specs.DEDICATED, "{ignore: [{resource: compute.instance, field: type}]}"));
    stage.untilAsDesired();
    ComputeHands.changeType(stage, "t3.2xlarge");
    stage.world.wire().forgetCounts();
    stage.passes(SOON);
    assertThat(named(stage)).isEmpty();
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void a_change_the_user_asked_for_is_never_called_drift() {
    var stage = Stage.created();
    stage.cluster.apply(
        Specs.sshFrom(Specs.instanceType(stage.cluster.spec(), "t3.large"), "198.51.100.0/24"));
    stage.cluster.accountTags(Map.of("team", "web"));
    for (var i = 0; i < 30; i++) {
      stage.pass();
      assertThat(named(stage)).isEmpty();
    }
    assertThat(stage.isAsDesired()).isTrue();
  }

  @Test
  void a_change_the_user_asked_for_is_made_whatever_the_policy_on_drift() {
    var stage = new Stage();
    stage.cluster.apply(Specs.reportOnly(Specs.DEDICATED));
    stage.untilAsDesired();
    stage.cluster.apply(Specs.instanceType(stage.cluster.spec(), "t3.large"));
    stage.untilAsDesired();
    assertThat(stage.instance().instanceTypeAsString()).isEqualTo("t3.large");
    assertThat(stage.instance().state().nameAsString()).isEqualTo("running");
  }
}
