package dev.appenv.operator.account;

import static dev.appenv.operator.account.Applications.PLACE;
import static dev.appenv.operator.account.Applications.ended;
import static dev.appenv.operator.account.Applications.environment;
import static dev.appenv.operator.account.Applications.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.aws.memory.TestClock;
import dev.appenv.operator.plan.Admission;
import dev.appenv.operator.plan.Level;
import dev.appenv.operator.plan.Outcome.Cause;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets what quotas leave, over time and many environments. */
class CapacityTest {
  private final FakeQuotas quotas = new FakeQuotas();
  private final TestClock clock = new TestClock();
  private final List<AppEnvironment> environments = new ArrayList<>();
  private final Capacity capacity = new Capacity(quotas, environments::stream, clock);

  private boolean begins(AppEnvironment environment) {
    return capacity.ask(environment, PLACE, Set.of(FakeQuotas.VPC)) instanceof Admission.Granted;
  }

  private void used(long count) {
    quotas.used = new Resolution.Found<>(count);
  }

  private void afterAMinute() {
    clock.advance(Duration.ofSeconds(61));
  }

  private AppEnvironment applied(String name, int minute) {
    var environment = environment(name, minute);
    environments.add(environment);
    return environment;
  }

  @Test
  void of_a_crowd_as_many_begin_as_there_is_room_for_and_the_oldest() {
    used(2);
    var crowd = new ArrayList<AppEnvironment>();
    for (var i = 9; i >= 0; i--) crowd.add(applied("env-" + i, i));
    assertThat(crowd.stream().filter(this::begins).map(e -> e.getMetadata().getName()))
        .containsExactlyInAnyOrder("env-0", "env-1", "env-2");
    assertThat(quotas.readings).isEqualTo(1);
  }

  @Test
  void what_one_takes_is_kept_until_aws_counts_it() {
    used(4);
    var first = applied("first", 0);
    var second = applied("second", 1);
    assertThat(begins(first)).isTrue();
    assertThat(begins(second)).isFalse();
    // Made, and not in AWS's lists yet.
    capacity.made("uid-first", PLACE, Set.of(FakeQuotas.VPC));
    with(first, "resources: [{name: network.vpc, id: vpc-1, phase: Ready}]");
    assertThat(begins(second)).isFalse();
    // Counted.
    afterAMinute();
    used(5);
    quotas.limit = new Resolution.Found<>(6L);
    assertThat(begins(second)).isTrue();
  }

  @Test
  void what_one_left_is_there_at_once() {
    used(5);
    var next = applied("next", 1);
    assertThat(begins(next)).isFalse();
    used(4);
    assertThat(begins(next)).isFalse();
    capacity.left("uid-first", PLACE);
    assertThat(begins(next)).isTrue();
  }

  @Test
  void what_others_removed_is_there_after_a_minute() {
    used(5);
    var next = applied("next", 1);
    assertThat(begins(next)).isFalse();
    used(4);
    afterAMinute();
    assertThat(begins(next)).isTrue();
  }

  @Test
  void what_was_begun_before_this_process_is_kept() {
    used(4);
    with(
        applied("begun", 5),
        "operations: [{resource: compute.keyPair, action: Create, token: t, since:"
            + " 2026-11-26T12:05:00Z}]");
    assertThat(begins(applied("new", 0))).isFalse();
  }

  @Test
  void what_is_there_of_one_that_has_begun_is_not_counted_twice() {
    used(4);
    with(applied("begun", 0), "resources: [{name: network.vpc, id: vpc-1, phase: Ready}]");
    assertThat(begins(applied("new", 1))).isTrue();
  }

  @Test
  void after_a_restart_those_that_waited_are_before_the_younger() {
    used(4);
    ended(applied("older", 0), "QuotaExceeded");
    assertThat(begins(applied("younger", 1))).isFalse();
  }

  @Test
  void who_cannot_begin_for_another_reason_holds_nobody_back() {
    used(4);
    ended(applied("refused", 0), "NamespaceNotAllowed");
    assertThat(begins(applied("younger", 1))).isTrue();
  }

  @Test
  void who_goes_holds_nobody_back() {
    used(4);
    applied("going", 0).getMetadata().setDeletionTimestamp("2026-11-26T12:10:00Z");
    assertThat(begins(applied("younger", 1))).isTrue();
  }

  @Test
  void another_region_is_another_line() {
    used(4);
    environments.add(environment("older", 0, "eu-west-1"));
    assertThat(begins(applied("younger", 1))).isTrue();
  }

  @Test
  void one_that_has_begun_is_kept_room_for_and_never_asked() {
    used(4);
    capacity.goOn(applied("begun", 1), PLACE, Set.of(FakeQuotas.VPC));
    assertThat(quotas.readings).isZero();
    assertThat(begins(applied("older", 0))).isFalse();
  }

  @Test
  void what_could_not_be_read_is_not_asked_for_again_at_once() {
    quotas.used = new Resolution.Failed<>(Cause.THROTTLED, "Ec2 throttles");
    for (var i = 0; i < 10; i++) assertThat(begins(applied("env-" + i, i))).isTrue();
    assertThat(quotas.readings).isEqualTo(1);
  }

  @Test
  void a_survey_tells_the_room_by_region_and_reads_seldom() {
    used(2);
    with(applied("there", 0), "resources: [{name: network.vpc, id: vpc-1, phase: Ready}]");
    var survey = capacity.survey("dev");
    assertThat(survey)
        .containsOnly(
            Map.entry(
                "eu-central-1",
                new Capacity.Survey(
                    Optional.of(new Room(3, FakeQuotas.VPCS)),
                    Map.of(FakeQuotas.VPCS, new Level(2, 5, false)),
                    Map.of(),
                    0)));
    for (var i = 0; i < 4; i++) {
      afterAMinute();
      capacity.survey("dev");
    }
    assertThat(quotas.readings).isEqualTo(1);
    afterAMinute();
    capacity.survey("dev");
    assertThat(quotas.readings).isEqualTo(2);
    assertThat(capacity.survey("another")).isEmpty();
  }

  @Test
  void a_survey_says_what_could_not_be_read() {
    quotas.limit = new Resolution.Failed<>(Cause.THROTTLED, "ServiceQuotas throttles");
    applied("there", 0);
    var survey = capacity.survey("dev").get("eu-central-1");
    assertThat(survey)
        .isEqualTo(
            new Capacity.Survey(
                Optional.empty(), Map.of(), Map.of(FakeQuotas.VPCS, "ServiceQuotas throttles"), 1));
  }
}
