package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What holds for every world. A failure names its seed; {@code -Dplan.seed=...} runs that one
 * alone.
 */
class PlanPropertiesTest {
  private static final int WORLDS = 500;
  private static final List<Phase> PHASES = List.of(Phase.values());

  /** Delete, create, and one more for those that hold the new id, and one for theirs. */
  private static final int ROUNDS = 5;

  private record Case(DesiredEnvironment desired, Observation observation, History history) {
    ToyWorld world() {
      return new ToyWorld(desired, observation, history);
    }

    Plan plan() {
      return new Planner(ToyWorld.SLOTS).plan(desired, observation, history);
    }
  }

  private static void forAll(Consumer<Case> property) {
    var replay = Long.getLong("plan.seed");
    var seeds =
        replay == null ? new Random(20261122).longs(WORLDS).boxed().toList() : List.of(replay);
    for (var seed : seeds)
      try {
        property.accept(new Generator(new Random(seed)).next());
      } catch (Throwable t) {
        throw new AssertionError("replay with -Dplan.seed=" + seed + ": " + t.getMessage(), t);
      }
  }

  @Test
  void planning_what_a_plan_brought_about_comes_to_an_end() {
    forAll(c -> {
      var world = c.world();
      var plan = world.plan();
      for (var round = 0; round < ROUNDS; round++) {
        world.apply(plan);
        plan = world.plan();
      }
      assertThat(plan.steps()).isEmpty();
      assertThat(plan.pending()).isEmpty();
    });
  }

  @Test
  void nothing_drifts_any_more_once_nothing_is_left_to_do() {
    forAll(c -> {
      var world = c.world();
      for (var round = 0; round < ROUNDS; round++) world.apply(world.plan());
      var plan = world.plan();
      var refused = plan.blocked().stream().map(b -> b.name().value()).toList();
      assertThat(plan.drift()).allMatch(d -> refused.contains(d.resource()));
    });
  }

  @Test
  void nothing_is_done_to_what_is_unknown_or_ambiguous() {
    forAll(c -> {
      for (var step : c.plan().steps())
        assertThat(c.observation().of(step.name()))
            .isInstanceOfAny(Facet.Observed.class, Facet.Absent.class);
    });
  }

  @Test
  void only_what_is_known_to_be_absent_is_created_and_only_what_is_seen_is_deleted() {
    forAll(c -> {
      for (var step : c.plan().steps())
        assertThat(c.observation().of(step.name()))
            .isInstanceOf(step instanceof Step.Create ? Facet.Absent.class : Facet.Observed.class);
    });
  }

  @Test
  void what_is_wanted_is_deleted_only_to_be_replaced_and_only_where_that_is_allowed() {
    forAll(c -> {
      for (var step : c.plan().steps())
        if (step instanceof Step.Delete(var name, _, _) && c.desired().in(name).isPresent())
          assertThat(c.desired().in(name).orElseThrow().slot().type().facts().loss())
              .isEqualTo(ResourceType.Loss.NOTHING);
    });
  }

  @Test
  void each_resource_gets_at_most_one_step() {
    forAll(c -> assertThat(c.plan().steps()).extracting(Step::name).doesNotHaveDuplicates());
  }

  @Test
  void drift_is_only_ever_told_of_what_was_made_before() {
    forAll(c -> {
      for (var drift : c.plan().drift())
        assertThat(c.history().of(LogicalName.of(drift.resource()))).isPresent();
    });
  }

  @Test
  void the_same_question_has_the_same_answer() {
    forAll(c -> assertThat(c.plan()).isEqualTo(c.plan()));
  }

  @Test
  void the_order_of_the_slots_changes_nothing_but_the_order() {
    forAll(c -> {
      var backwards = ToyWorld.SLOTS.reversed();
      var plan = new Planner(backwards).plan(c.desired(), c.observation(), c.history());
      assertThat(plan.hash()).isEqualTo(c.plan().hash());
    });
  }

  @Test
  void nothing_passes_the_gate_that_is_not_in_the_plan_and_nothing_at_all_while_suspended() {
    forAll(c -> {
      var plan = c.plan();
      var report = new Policy(Map.of(DriftClass.SECURITY, Policy.Action.REPORT), List.of());
      var gated = Gate.apply(plan, report, false);
      assertThat(gated.allowed().size() + gated.held().size() + gated.unapproved().size())
          .isEqualTo(plan.steps().size());
      assertThat(gated.allowed())
          .noneMatch(step -> step instanceof Step.Create create && create.losesData());
      for (var step : gated.allowed())
        if (step instanceof Step.Update update)
          assertThat(plan.steps())
              .anyMatch(s ->
                  s instanceof Step.Update planned
                      && planned.name().equals(update.name())
                      && planned.differences().containsAll(update.differences()));
        else assertThat(plan.steps()).contains(step);
      assertThat(Gate.apply(plan, report, true).allowed()).isEmpty();
    });
  }

  /** Worlds with everything in them that may be: few values, so that they often meet. */
  private static final class Generator {
    private final Random random;

    Generator(Random random) {
      this.random = random;
    }

    Case next() {
      var desired = new ArrayList<DesiredResource<?, ?>>();
      var facets = new TreeMap<LogicalName, Facet>();
      var entries = new TreeMap<LogicalName, History.Entry>();
      for (var slot : ToyWorld.SLOTS) {
        var name = slot.name();
        @SuppressWarnings("unchecked")
        var toy = (Slot<Toy.Desired, Toy.LiveToy>) slot;
        var wish = wish(name);
        if (random.nextInt(5) > 0) desired.add(toy.wants(wish));
        facets.put(name, facet(name, wish));
        if (random.nextBoolean()) entries.put(name, entry(name, wish));
      }
      return new Case(
          new DesiredEnvironment(desired), new Observation(facets), new History(entries));
    }

    private Toy.Desired wish(LogicalName name) {
      var later = ToyWorld.NAMES.subList(ToyWorld.NAMES.indexOf(name) + 1, ToyWorld.NAMES.size());
      return new Toy.Desired(
          random.nextInt(4) == 0 ? null : one("small", "big"),
          one("steam", "diesel"),
          "on",
          one("zone-a", "zone-b"),
          random.nextInt(4) == 0 ? null : some("a", "b", "c"),
          random.nextBoolean() ? Map.of("Name", one("x", "y")) : Map.of(),
          later.isEmpty() || random.nextBoolean() ? null : later.get(random.nextInt(later.size())),
          one("nothing", "a snapshot"));
    }

    private Facet facet(LogicalName name, Toy.Desired wish) {
      return switch (random.nextInt(9)) {
        case 0 -> new Facet.Unknown("throttled");
        case 1 -> new Facet.Duplicates(List.of("one", "two"));
        case 8 -> new Facet.Foreign("not ours");
        case 2, 3 -> new Facet.Absent();
        case 4 -> new Facet.Observed(Toy.as(wish, "live-" + name, n -> null));
        default ->
            new Facet.Observed(
                new Toy.LiveToy(
                    "live-" + name,
                    PHASES.get(random.nextInt(PHASES.size())),
                    random.nextBoolean() ? null : one("small", "big"),
                    one("steam", "diesel"),
                    one("on", "off"),
                    one("zone-a", "zone-b"),
                    some("a", "b", "c", "d"),
                    random.nextBoolean() ? Map.of("Name", one("x", "y"), "other", "z") : Map.of(),
                    random.nextBoolean() ? null : one("live-toys.c", "live-toys.d")));
      };
    }

    private History.Entry entry(LogicalName name, Toy.Desired wish) {
      return switch (random.nextInt(3)) {
        case 0 -> Toy.fulfilled(wish, "live-" + name);
        case 1 -> new History.Entry(null, Map.of(), new Intent(name, "t", Instant.EPOCH, null));
        default -> Toy.fulfilled(wish(name), "live-" + name);
      };
    }

    private String one(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private Set<String> some(String... choices) {
      var some = new TreeSet<String>();
      for (var choice : choices) if (random.nextBoolean()) some.add(choice);
      return some;
    }
  }
}
