package dev.appenv.operator.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A pure model of a cloud with a few toys: what a plan's steps would do to it. */
final class ToyWorld {
  private static final List<ResourceType.Loss> LOSSES =
      List.of(ResourceType.Loss.NOTHING, ResourceType.Loss.IDENTITY, ResourceType.Loss.DATA);
  static final List<LogicalName> NAMES =
      Stream.of("toys.a", "toys.b", "toys.c", "toys.d").map(LogicalName::of).toList();
  static final List<Slot<?, ?>> SLOTS =
      NAMES.stream()
          .<Slot<?, ?>>map(
              name -> new Slot<>(name, new Toy(LOSSES.get(NAMES.indexOf(name) % LOSSES.size()))))
          .toList();

  private final DesiredEnvironment desired;
  private Observation observation;
  private History history;
  private int made;

  ToyWorld(DesiredEnvironment desired, Observation observation, History history) {
    this.desired = desired;
    this.observation = observation;
    this.history = history;
  }

  /** What was seen is noted first, as in every pass. */
  Plan plan() {
    var entries = new TreeMap<>(history.entries());
    Convergence.of(desired, observation, history)
        .forEach((name, applied) ->
            entries.put(name, new History.Entry(observation.idOf(name), applied, null)));
    history = new History(entries);
    return new Planner(SLOTS).plan(desired, observation, history);
  }

  void apply(Plan plan) {
    var facets = new TreeMap<>(observation.facets());
    var before = observation;
    for (var step : plan.steps())
      facets.put(
          step.name(),
          switch (step) {
            case Step.Create create -> new Facet.Observed(create(create.name(), before));
            case Step.Adopt adopt -> new Facet.Observed(retained(adopt, before));
            case Step.Update update -> new Facet.Observed(update(update, before));
            case Step.Delete _ -> new Facet.Absent();
          });
    // What is on its way arrives.
    facets.replaceAll((name, facet) ->
        facet instanceof Facet.Observed(Toy.LiveToy live)
            ? live.phase() == Phase.DELETING
                ? new Facet.Absent()
                : new Facet.Observed(live.in(Phase.READY))
            : facet);
    observation = new Observation(facets);
    noteWhatWasSet(plan);
  }

  private void noteWhatWasSet(Plan plan) {
    var entries = new TreeMap<>(history.entries());
    for (var step : plan.steps()) {
      if (step instanceof Step.Delete || step instanceof Step.Adopt) continue;
      var before = entries.get(step.name());
      var applied = new TreeMap<>(before == null ? Map.<String, String>of() : before.applied());
      applied.putAll(desired.in(step.name()).orElseThrow().unreadable(observation));
      entries.put(step.name(), new History.Entry(observation.idOf(step.name()), applied, null));
    }
    history = new History(entries);
  }

  private Toy.LiveToy create(LogicalName name, Ids ids) {
    made++;
    return Toy.as(wish(name), "made-" + made, ids);
  }

  private static Live retained(Step.Adopt adopt, Observation before) {
    if (before.of(adopt.name()) instanceof Facet.Retained(var live)) return live;
    throw new AssertionError(adopt + " of what was not retained");
  }

  private Toy.LiveToy update(Step.Update update, Observation before) {
    if (!(before.of(update.name()) instanceof Facet.Observed(Toy.LiveToy live)))
      throw new AssertionError(update + " of what was not seen");
    var wish = wish(update.name());
    var now = live;
    for (var difference : update.differences())
      now =
          switch (difference.field()) {
            case "size" -> now.withSize(difference.desired());
            case "power" -> now.withPower(difference.desired());
            case "peer" -> now.withPeer(difference.desired());
            case "rules" -> now.withRules(Objects.requireNonNull(wish.rules()));
            case "tags" -> {
              var tags = new TreeMap<>(now.tags());
              tags.put(difference.element(), difference.desired());
              yield now.withTags(tags);
            }
            // Nothing of it can be seen.
            case "password" -> now;
            default -> throw new AssertionError(difference + " cannot be changed in place");
          };
    return now;
  }

  private Toy.Desired wish(LogicalName name) {
    return (Toy.Desired) desired.in(name).orElseThrow().desired();
  }

  Observation observation() {
    return observation;
  }
}
