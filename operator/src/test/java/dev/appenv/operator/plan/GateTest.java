package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Step CREATE = Step.Create.first(Toy.NAME);
  private static final Step CREATE_AGAIN = Step.Create.again(Toy.NAME, "toy-1");
  private static final Step DELETE = new Step.Delete(Toy.NAME, "toy-1", "to be replaced");
  private static final Difference SIZE =
      new Difference("size", "", "small", "big", FieldKind.RECONCILED, DriftClass.COST);
  private static final Difference RULE =
      new Difference(
          "rules", "c", Drift.ABSENT, Drift.PRESENT, FieldKind.RECONCILED, DriftClass.SECURITY);
  private static final Step UPDATE = new Step.Update(Toy.NAME, "toy-1", List.of(SIZE, RULE));
  private static final Drift GONE =
      new Drift(Toy.NAME.value(), "toy", "toy-1", Drift.ABSENT, DriftClass.RELEASE);

  private static Drift drift(Difference d) {
    return new Drift(Toy.NAME.value(), d.path(), d.desired(), d.live(), d.driftClass());
  }

  private static Plan plan(Step step, Drift... drift) {
    return new Plan(List.of(step), List.of(drift), List.of(), List.of());
  }

  private static Policy on(DriftClass driftClass, Policy.Action action) {
    return new Policy(Map.of(driftClass, action), List.of());
  }

  private static Policy ignoring(String field) {
    return new Policy(Map.of(), List.of(new Policy.Ignore(Toy.NAME.value(), field)));
  }

  @Test
  void everything_is_repaired_when_nothing_is_said() {
    var gated = Gate.apply(plan(UPDATE, drift(SIZE), drift(RULE)), Policy.REPAIR_ALL, false);
    assertThat(gated.allowed()).containsExactly(UPDATE);
    assertThat(gated.held()).isEmpty();
    assertThat(gated.drift()).extracting(Gate.Judged::action).containsOnly(Policy.Action.REPAIR);
  }

  @Test
  void what_is_not_ours_is_reported_whatever_the_policy_and_keeps_nothing_else_from_being_done() {
    var theirs =
        new Drift(Toy.NAME.value(), "guests[x]", "absent", "present", DriftClass.SECURITY, false);
    var gated = Gate.apply(plan(UPDATE, drift(SIZE), theirs), Policy.REPAIR_ALL, false);
    assertThat(gated.allowed()).containsExactly(UPDATE);
    assertThat(gated.drift())
        .filteredOn(j -> j.drift().equals(theirs))
        .extracting(Gate.Judged::action)
        .containsExactly(Policy.Action.REPORT);
    assertThat(Gate.apply(plan(DELETE, theirs), Policy.REPAIR_ALL, false).allowed())
        .containsExactly(DELETE);
  }

  @Test
  void what_is_not_ours_can_be_ignored() {
    var theirs =
        new Drift(Toy.NAME.value(), "guests[x]", "absent", "present", DriftClass.SECURITY, false);
    assertThat(Gate.apply(plan(UPDATE, theirs), ignoring("guests"), false).drift()).isEmpty();
  }

  private static final Difference RESTART =
      new Difference("started", "", "yes", "no", FieldKind.FOLLOW_UP, DriftClass.RELEASE);

  @Test
  void what_remains_to_be_done_after_a_change_is_done_as_far_as_the_policy_lets_us() {
    var step = new Step.Update(Toy.NAME, "toy-1", List.of(SIZE, RESTART));
    assertThat(Gate.apply(plan(step), Policy.REPAIR_ALL, false).allowed()).containsExactly(step);
    assertThat(
            Gate.apply(plan(step), on(DriftClass.RELEASE, Policy.Action.REPORT), false).allowed())
        .containsExactly(new Step.Update(Toy.NAME, "toy-1", List.of(SIZE)));
    assertThat(Gate.apply(plan(step), Policy.REPAIR_ALL, true).allowed()).isEmpty();
  }

  @Test
  void what_cannot_be_changed_in_place_is_reported_and_not_called_repaired() {
    var blocked = new Blocked(Toy.NAME, Blocked.Reason.IMMUTABLE, "size cannot be changed");
    var plan =
        new Plan(
            List.of(new Step.Update(Toy.NAME, "toy-1", List.of(RULE))),
            List.of(drift(SIZE), drift(RULE)),
            List.of(blocked),
            List.of());
    assertThat(Gate.apply(plan, Policy.REPAIR_ALL, false).drift())
        .extracting(j -> j.drift().field(), Gate.Judged::action)
        .containsExactly(
            tuple("size", Policy.Action.REPORT), tuple("rules[c]", Policy.Action.REPAIR));
  }

  @Test
  void what_waits_for_approval_is_reported_until_it_is_approved() {
    var plan = plan(DELETE, drift(SIZE));
    var asked = Gate.apply(plan, Policy.REPAIR_ALL, false, new Approval(true, Set.of()));
    assertThat(asked.drift()).extracting(Gate.Judged::action).containsOnly(Policy.Action.REPORT);
    var approved =
        Gate.apply(
            plan, Policy.REPAIR_ALL, false, new Approval(true, Set.copyOf(asked.toApprove())));
    assertThat(approved.drift()).extracting(Gate.Judged::action).containsOnly(Policy.Action.REPAIR);
  }

  private static final Step ANOTHER_DELETE = new Step.Delete(Toy.NAME, "toy-2", "to be replaced");

  private static Gate.Gated asked(List<Step> steps, List<String> approved) {
    return Gate.apply(
        new Plan(steps, List.of(), List.of(), List.of()),
        Policy.REPAIR_ALL,
        false,
        new Approval(true, Set.copyOf(approved)));
  }

  @Test
  void what_deletes_waits_for_the_approval_of_exactly_that() {
    var steps = List.of(DELETE, CREATE);
    var asked = asked(steps, List.of());
    assertThat(asked.unapproved()).containsExactly(DELETE);
    assertThat(asked.allowed()).containsExactly(CREATE);

    var approved = asked(steps, asked.toApprove());
    assertThat(approved.allowed()).containsExactly(DELETE, CREATE);
    assertThat(approved.toApprove()).isEmpty();
  }

  @Test
  void an_approval_of_something_else_is_none() {
    var other = asked(List.of(ANOTHER_DELETE), List.of()).toApprove();
    assertThat(asked(List.of(DELETE), other).unapproved()).containsExactly(DELETE);
  }

  @Test
  void what_was_approved_stays_approved_when_part_of_it_is_done_or_more_is_to_be_done() {
    var both = asked(List.of(DELETE, ANOTHER_DELETE), List.of()).toApprove();
    assertThat(asked(List.of(ANOTHER_DELETE), both).unapproved()).isEmpty();

    var one = asked(List.of(DELETE), List.of()).toApprove();
    var more = asked(List.of(DELETE, ANOTHER_DELETE), one);
    assertThat(more.allowed()).containsExactly(DELETE);
    assertThat(more.toApprove()).isEqualTo(both);
  }

  @Test
  void what_deletes_nothing_needs_no_approval() {
    var gated = asked(List.of(UPDATE), List.of());
    assertThat(gated.allowed()).containsExactly(UPDATE);
    assertThat(gated.toApprove()).isEmpty();
  }

  @Test
  void a_reported_class_is_left_out_of_the_update_and_still_told() {
    var gated =
        Gate.apply(
            plan(UPDATE, drift(SIZE), drift(RULE)),
            on(DriftClass.COST, Policy.Action.REPORT),
            false);
    assertThat(gated.allowed()).containsExactly(new Step.Update(Toy.NAME, "toy-1", List.of(RULE)));
    assertThat(gated.drift())
        .containsExactly(
            new Gate.Judged(drift(SIZE), Policy.Action.REPORT),
            new Gate.Judged(drift(RULE), Policy.Action.REPAIR));
  }

  @Test
  void an_update_of_which_nothing_is_left_is_held() {
    var step = new Step.Update(Toy.NAME, "toy-1", List.of(SIZE));
    var gated =
        Gate.apply(plan(step, drift(SIZE)), on(DriftClass.COST, Policy.Action.REPORT), false);
    assertThat(gated.allowed()).isEmpty();
    assertThat(gated.held()).containsExactly(step);
  }

  @Test
  void what_the_user_asked_for_is_done_whatever_the_policy_on_drift() {
    var gated =
        Gate.apply(plan(UPDATE, drift(RULE)), on(DriftClass.COST, Policy.Action.REPORT), false);
    assertThat(gated.allowed()).containsExactly(UPDATE);
  }

  @Test
  void an_ignored_field_is_neither_repaired_nor_told() {
    var gated = Gate.apply(plan(UPDATE, drift(SIZE), drift(RULE)), ignoring("rules"), false);
    assertThat(gated.allowed()).containsExactly(new Step.Update(Toy.NAME, "toy-1", List.of(SIZE)));
    assertThat(gated.drift()).extracting(j -> j.drift().field()).containsExactly("size");
  }

  @Test
  void an_element_of_a_field_can_be_ignored_alone() {
    var gated = Gate.apply(plan(UPDATE, drift(SIZE), drift(RULE)), ignoring("rules[c]"), false);
    assertThat(gated.drift()).extracting(j -> j.drift().field()).containsExactly("size");
  }

  @Test
  void a_field_whose_name_only_begins_the_same_is_not_ignored() {
    var gated = Gate.apply(plan(UPDATE, drift(RULE)), ignoring("rule"), false);
    assertThat(gated.drift()).hasSize(1);
  }

  @Test
  void a_whole_resource_can_be_ignored() {
    var gated = Gate.apply(plan(UPDATE, drift(SIZE), drift(RULE)), ignoring(""), false);
    assertThat(gated.allowed()).isEmpty();
    assertThat(gated.drift()).isEmpty();
  }

  @Test
  void another_resource_is_not_ignored() {
    var policy = new Policy(Map.of(), List.of(new Policy.Ignore("toys.bus", "")));
    assertThat(Gate.apply(plan(UPDATE, drift(SIZE)), policy, false).drift()).hasSize(1);
  }

  @Test
  void a_first_creation_is_never_held_by_policy() {
    var gated = Gate.apply(plan(CREATE), on(DriftClass.RELEASE, Policy.Action.REPORT), false);
    assertThat(gated.allowed()).containsExactly(CREATE);
  }

  @Test
  void making_again_what_is_gone_is_a_repair() {
    assertThat(
            Gate.apply(
                    plan(CREATE_AGAIN, GONE), on(DriftClass.RELEASE, Policy.Action.REPORT), false)
                .held())
        .containsExactly(CREATE_AGAIN);
    assertThat(Gate.apply(plan(CREATE_AGAIN, GONE), Policy.REPAIR_ALL, false).allowed())
        .containsExactly(CREATE_AGAIN);
  }

  @Test
  void replacing_what_drifted_in_a_fixed_field_is_a_repair() {
    var key = new Drift(Toy.NAME.value(), "engine", "steam", "diesel", DriftClass.DATA);
    assertThat(
            Gate.apply(plan(DELETE, key), on(DriftClass.DATA, Policy.Action.REPORT), false).held())
        .containsExactly(DELETE);
    assertThat(Gate.apply(plan(DELETE, key), Policy.REPAIR_ALL, false).allowed())
        .containsExactly(DELETE);
  }

  @Test
  void nothing_at_all_is_done_while_suspended_and_drift_is_only_reported() {
    for (var step : List.of(CREATE, UPDATE, DELETE)) {
      var gated = Gate.apply(plan(step, drift(SIZE)), Policy.REPAIR_ALL, true);
      assertThat(gated.allowed()).isEmpty();
      assertThat(gated.held()).containsExactly(step);
      assertThat(gated.drift())
          .extracting(Gate.Judged::action)
          .containsExactly(Policy.Action.REPORT);
    }
  }

  @Test
  void what_is_ignored_stays_ignored_while_suspended() {
    assertThat(Gate.apply(plan(UPDATE, drift(SIZE)), ignoring("size"), true).drift()).isEmpty();
  }
}
