package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final History FULFILLED =
      new History(Map.of(Toy.NAME, Toy.fulfilled(Toy.WISH, "toy-1")));

  private static Plan plan(
      Slot<Toy.Desired, Toy.LiveToy> slot, Toy.Desired wish, Facet facet, History history) {
    return new Planner(List.of(slot))
        .plan(
            new DesiredEnvironment(List.of(slot.wants(wish))),
            new Observation(Map.of(Toy.NAME, facet)),
            history);
  }

  private static Plan plan(Toy.LiveToy live, History history) {
    return plan(Toy.KEPT, Toy.WISH, new Facet.Observed(live), history);
  }

  private static Plan unwanted(Facet facet, History history) {
    return new Planner(List.of(Toy.KEPT))
        .plan(DesiredEnvironment.NOTHING, new Observation(Map.of(Toy.NAME, facet)), history);
  }

  @Test
  void live_as_desired_is_an_empty_plan() {
    var plan = plan(Toy.AS_WISHED, FULFILLED);
    assertThat(plan.isStill()).isTrue();
    assertThat(plan.drift()).isEmpty();
  }

  @Test
  void what_was_never_made_is_created_and_is_no_drift() {
    var plan = plan(Toy.KEPT, Toy.WISH, new Facet.Absent(), History.NONE);
    assertThat(plan.steps()).containsExactly(Step.Create.first(Toy.NAME));
    assertThat(plan.drift()).isEmpty();
  }

  @Test
  void what_was_made_and_is_gone_is_drift_and_created_again() {
    var plan = plan(Toy.KEPT, Toy.WISH, new Facet.Absent(), FULFILLED);
    assertThat(plan.steps()).containsExactly(Step.Create.again(Toy.NAME, "toy-1"));
    assertThat(plan.drift())
        .containsExactly(
            new Drift(Toy.NAME.value(), "toy", "toy-1", Drift.ABSENT, DriftClass.RELEASE));
  }

  @Test
  void an_open_intent_without_id_that_came_to_nothing_is_no_drift() {
    var intent = new Intent(Toy.NAME, "t", Instant.EPOCH, null);
    var history = new History(Map.of(Toy.NAME, new History.Entry(null, Map.of(), intent)));
    var plan = plan(Toy.KEPT, Toy.WISH, new Facet.Absent(), history);
    assertThat(plan.steps()).containsExactly(Step.Create.first(Toy.NAME));
    assertThat(plan.drift()).isEmpty();
  }

  @Test
  void unknown_is_said_and_nothing_is_done() {
    var plan = plan(Toy.KEPT, Toy.WISH, new Facet.Unknown("throttled"), FULFILLED);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.drift()).isEmpty();
    assertThat(plan.blocked())
        .containsExactly(new Blocked(Toy.NAME, Blocked.Reason.UNKNOWN, "throttled"));
  }

  @Test
  void unknown_is_not_deleted_either() {
    var plan = unwanted(new Facet.Unknown("denied"), FULFILLED);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.blocked())
        .containsExactly(new Blocked(Toy.NAME, Blocked.Reason.UNKNOWN, "denied"));
  }

  @Test
  void what_others_have_in_its_place_blocks_what_is_wanted_and_is_left_alone() {
    var facet = new Facet.Foreign("toy-7 is not ours");
    var plan = plan(Toy.KEPT, Toy.WISH, facet, History.NONE);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.blocked())
        .containsExactly(new Blocked(Toy.NAME, Blocked.Reason.FOREIGN, "toy-7 is not ours"));
    assertThat(unwanted(facet, History.NONE).isStill()).isTrue();
    assertThat(new Observation(Map.of(Toy.NAME, facet)).nothingLeft()).isTrue();
  }

  @Test
  void a_facet_that_nobody_looked_at_is_unknown() {
    var plan =
        new Planner(List.of(Toy.KEPT))
            .plan(
                new DesiredEnvironment(List.of(Toy.KEPT.wants(Toy.WISH))),
                new Observation(Map.of()),
                History.NONE);
    assertThat(plan.blocked()).extracting(Blocked::reason).containsExactly(Blocked.Reason.UNKNOWN);
    assertThat(plan.steps()).isEmpty();
  }

  @Test
  void duplicates_are_named_and_none_is_chosen() {
    var facet = new Facet.Duplicates(List.of("toy-2", "toy-1"));
    for (var plan :
        List.of(plan(Toy.KEPT, Toy.WISH, facet, FULFILLED), unwanted(facet, FULFILLED))) {
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.blocked())
          .singleElement()
          .satisfies(b -> {
            assertThat(b.reason()).isEqualTo(Blocked.Reason.DUPLICATE);
            assertThat(b.message())
                .startsWith("toy-1 and toy-2 all bear the tags of this environment's");
          });
    }
  }

  @Test
  void what_was_retained_is_adopted_where_it_is_wanted_and_left_alone_where_not() {
    var facet = new Facet.Retained(Toy.AS_WISHED);
    assertThat(plan(Toy.KEPT, Toy.WISH, facet, History.NONE).steps())
        .containsExactly(new Step.Adopt(Toy.NAME, Toy.AS_WISHED.id()));
    assertThat(unwanted(facet, History.NONE).isStill()).isTrue();
  }

  @Test
  void all_differences_are_found_at_once() {
    var live =
        Toy.AS_WISHED
            .withSize("big")
            .withPower("off")
            .withRules(Set.of("b", "c"))
            .withTags(Map.of("Name", "bus", "extra", "ignored"));
    var plan = plan(live, FULFILLED);
    assertThat(plan.drift())
        .extracting(Drift::field, Drift::desired, Drift::live, Drift::driftClass)
        .containsExactly(
            tuple("tags[Name]", "car", "bus", DriftClass.COSMETIC),
            tuple("size", "small", "big", DriftClass.COST),
            tuple("power", "on", "off", DriftClass.RELEASE),
            tuple("rules[a]", Drift.PRESENT, Drift.ABSENT, DriftClass.SECURITY),
            tuple("rules[c]", Drift.ABSENT, Drift.PRESENT, DriftClass.SECURITY));
    assertThat(plan.steps())
        .singleElement()
        .isInstanceOfSatisfying(
            Step.Update.class,
            u -> {
              assertThat(u.id()).isEqualTo("toy-1");
              assertThat(u.differences()).hasSize(5);
            });
  }

  @Test
  void a_changed_wish_is_a_change_and_no_drift() {
    var plan =
        plan(Toy.KEPT, Toy.WISH.withSize("big"), new Facet.Observed(Toy.AS_WISHED), FULFILLED);
    assertThat(plan.drift()).isEmpty();
    assertThat(plan.steps())
        .extracting(Step::toString)
        .containsExactly("update toys.car (size: small -> big)");
  }

  @Test
  void a_changed_wish_in_one_field_leaves_drift_in_another_drift() {
    var plan =
        plan(
            Toy.KEPT,
            Toy.WISH.withSize("big"),
            new Facet.Observed(Toy.AS_WISHED.withRules(Set.of("a", "b", "c"))),
            FULFILLED);
    assertThat(plan.drift()).extracting(Drift::field).containsExactly("rules[c]");
  }

  @Test
  void a_state_that_moves_because_of_a_change_is_nobodys_drift() {
    var plan =
        plan(
            Toy.KEPT,
            Toy.WISH.withSize("big"),
            new Facet.Observed(Toy.AS_WISHED.withPower("off")),
            FULFILLED);
    assertThat(plan.drift()).isEmpty();
    assertThat(plan.steps())
        .extracting(Step::toString)
        .containsExactly("update toys.car (size: small -> big, power: off -> on)");
  }

  @Test
  void a_state_not_yet_back_after_a_change_is_nobodys_drift_either() {
    var wish = Toy.WISH.withSize("big");
    var stopped = Toy.AS_WISHED.withPower("off");
    var changed = stopped.withSize("big");
    var plan =
        plan(
            Toy.KEPT,
            wish,
            new Facet.Observed(changed),
            seen(wish, changed, seen(wish, stopped, FULFILLED)));
    assertThat(plan.drift()).isEmpty();
    assertThat(plan.steps())
        .extracting(Step::toString)
        .containsExactly("update toys.car (power: off -> on)");
  }

  @Test
  void a_state_changed_by_hand_after_a_change_ended_is_drift_again() {
    var wish = Toy.WISH.withSize("big");
    var stopped = Toy.AS_WISHED.withPower("off");
    var changed = stopped.withSize("big");
    var back = changed.withPower("on");
    var history = FULFILLED;
    for (var live : List.of(stopped, changed, back)) history = seen(wish, live, history);
    assertThat(plan(Toy.KEPT, wish, new Facet.Observed(changed), history).drift())
        .extracting(Drift::field)
        .containsExactly("power");
  }

  /** What is noted after a look. */
  private static History seen(Toy.Desired wish, Toy.LiveToy live, History before) {
    var applied =
        Convergence.of(
                new DesiredEnvironment(List.of(Toy.KEPT.wants(wish))),
                new Observation(Map.of(Toy.NAME, new Facet.Observed(live))),
                before)
            .get(Toy.NAME);
    return new History(
        Map.of(Toy.NAME, new History.Entry(live.id(), Objects.requireNonNull(applied), null)));
  }

  @Test
  void a_state_changed_by_hand_alone_is_drift() {
    var plan = plan(Toy.AS_WISHED.withPower("off"), FULFILLED);
    assertThat(plan.drift()).extracting(Drift::field).containsExactly("power");
  }

  @Test
  void what_aws_may_move_is_never_compared() {
    assertThat(plan(Toy.AS_WISHED.withZone("elsewhere"), FULFILLED).isStill()).isTrue();
  }

  @Test
  void what_cannot_be_read_is_set_where_it_is_not_known_to_have_been_and_its_value_is_not_told() {
    var plan = plan(Toy.KEPT, Toy.WISH, new Facet.Observed(Toy.AS_WISHED), History.NONE);
    assertThat(plan.steps())
        .extracting(Step::toString)
        .containsExactly("update toys.car (password: (another) -> (as wished))");
    assertThat(plan.drift()).isEmpty();
  }

  @Test
  void data_that_are_gone_are_drift_and_an_empty_one_in_their_place_is_a_step_of_its_own() {
    var plan = plan(Toy.DATA, Toy.WISH, new Facet.Absent(), FULFILLED);
    assertThat(plan.steps())
        .extracting(Step::toString)
        .containsExactly("create again, empty, toys.car, for toy-1 is gone");
    assertThat(plan.drift()).hasSize(1);
  }

  @Test
  void data_that_are_gone_are_made_again_from_another_origin_than_they_came_from() {
    var wish = Toy.WISH.withOrigin("a snapshot");
    assertThat(plan(Toy.DATA, wish, new Facet.Absent(), FULFILLED).steps())
        .containsExactly(Step.Create.again(Toy.NAME, "toy-1"));
  }

  @Test
  void what_the_user_did_not_say_is_not_compared() {
    var wish = Toy.WISH.withSize(null).withRules(null);
    var live = Toy.AS_WISHED.withSize("huge").withRules(Set.of("z"));
    var history = new History(Map.of(Toy.NAME, Toy.fulfilled(wish, "toy-1")));
    assertThat(plan(Toy.KEPT, wish, new Facet.Observed(live), history).isStill()).isTrue();
  }

  @Test
  void an_immutable_field_of_what_holds_data_is_refused_with_a_way_out() {
    var plan =
        plan(Toy.KEPT, Toy.WISH.withEngine("diesel"), new Facet.Observed(Toy.AS_WISHED), FULFILLED);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.blocked())
        .containsExactly(
            new Blocked(
                Toy.NAME,
                Blocked.Reason.IMMUTABLE,
                "toy-1: engine is steam, wanted diesel, which AWS cannot change in place; set the spec back, or delete toy-1 if it may be made anew"));
  }

  @Test
  void other_fields_are_put_right_beside_a_refused_one() {
    var plan =
        plan(
            Toy.KEPT,
            Toy.WISH.withEngine("diesel").withSize("big"),
            new Facet.Observed(Toy.AS_WISHED),
            FULFILLED);
    assertThat(plan.steps())
        .extracting(Step::toString)
        .containsExactly("update toys.car (size: small -> big)");
  }

  @Test
  void an_immutable_field_of_what_may_be_replaced_leads_to_one_deletion_and_no_update() {
    var plan =
        plan(
            Toy.REPLACEABLE,
            Toy.WISH.withEngine("diesel").withSize("big"),
            new Facet.Observed(Toy.AS_WISHED),
            FULFILLED);
    assertThat(plan.steps())
        .containsExactly(
            new Step.Delete(Toy.NAME, "toy-1", "to be replaced: engine is steam, wanted diesel"));
    assertThat(plan.blocked()).isEmpty();
  }

  @Test
  void what_is_being_deleted_is_waited_for_and_not_touched() {
    var plan = plan(Toy.AS_WISHED.withSize("big").in(Phase.DELETING), FULFILLED);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.blocked()).extracting(Blocked::reason).containsExactly(Blocked.Reason.DELETING);
  }

  @Test
  void what_failed_is_said_and_not_touched() {
    var plan = plan(Toy.AS_WISHED.in(Phase.FAILED), FULFILLED);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.blocked()).extracting(Blocked::reason).containsExactly(Blocked.Reason.FAILED);
  }

  @Test
  void what_is_pending_is_waited_for_and_not_touched_meanwhile() {
    var plan = plan(Toy.AS_WISHED.withSize("big").in(Phase.PENDING), FULFILLED);
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.pending()).containsExactly(Toy.NAME);
    assertThat(plan.isStill()).isFalse();
  }

  @Test
  void what_is_not_wanted_is_deleted_once_and_then_waited_for() {
    assertThat(unwanted(new Facet.Observed(Toy.AS_WISHED), FULFILLED).steps())
        .containsExactly(new Step.Delete(Toy.NAME, "toy-1", "not wanted"));
    var going = unwanted(new Facet.Observed(Toy.AS_WISHED.in(Phase.DELETING)), FULFILLED);
    assertThat(going.steps()).isEmpty();
    assertThat(going.pending()).containsExactly(Toy.NAME);
  }

  @Test
  void what_is_neither_wanted_nor_there_is_nothing() {
    assertThat(unwanted(new Facet.Absent(), FULFILLED).isStill()).isTrue();
  }

  @Test
  void a_failed_one_that_is_not_wanted_is_deleted() {
    assertThat(unwanted(new Facet.Observed(Toy.AS_WISHED.in(Phase.FAILED)), FULFILLED).steps())
        .hasSize(1);
  }

  @Test
  void the_hash_does_not_depend_on_the_order_of_steps() {
    var create = Step.Create.first(LogicalName.of("toys.a"));
    var delete = new Step.Delete(LogicalName.of("toys.b"), "toy-2", "not wanted");
    assertThat(new Plan(List.of(create, delete), List.of(), List.of(), List.of()).hash())
        .isEqualTo(new Plan(List.of(delete, create), List.of(), List.of(), List.of()).hash())
        .isNotEqualTo(new Plan(List.of(create), List.of(), List.of(), List.of()).hash());
  }

  @Test
  void the_hash_tells_one_new_value_from_another() {
    var live = new Facet.Observed(Toy.AS_WISHED);
    assertThat(plan(Toy.KEPT, Toy.WISH.withSize("big"), live, FULFILLED).hash())
        .isNotEqualTo(plan(Toy.KEPT, Toy.WISH.withSize("huge"), live, FULFILLED).hash());
  }
}
