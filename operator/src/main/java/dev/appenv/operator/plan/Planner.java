package dev.appenv.operator.plan;

import static dev.appenv.operator.plan.Drift.ABSENT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Compares what is wanted with what is there. Says all differences, and never acts on what it does
 * not know.
 */
public final class Planner {
  private final List<Slot<?, ?>> slots;

  /**
   * @param slots every place in an environment, so that what is no longer wanted is found as well
   */
  public Planner(List<Slot<?, ?>> slots) {
    this.slots = List.copyOf(slots);
  }

  public Plan plan(DesiredEnvironment desired, Observation observation, History history) {
    var draft = new Draft(observation, history);
    for (var slot : slots)
      desired.in(slot.name()).ifPresentOrElse(draft::wanted, () -> draft.unwanted(slot.name()));
    return draft.finish();
  }

  private static final class Draft {
    private static final History.Entry NEVER_MADE = new History.Entry(null, Map.of(), null);

    private final Observation observation;
    private final History history;
    private final List<Step> steps = new ArrayList<>();
    private final List<Drift> drift = new ArrayList<>();
    private final List<Blocked> blocked = new ArrayList<>();
    private final List<LogicalName> pending = new ArrayList<>();

    Draft(Observation observation, History history) {
      this.observation = observation;
      this.history = history;
    }

    void wanted(DesiredResource<?, ?> resource) {
      var name = resource.name();
      switch (observation.of(name)) {
        case Facet.Unknown(var why) -> block(name, Blocked.Reason.UNKNOWN, why);
        case Facet.Duplicates(var ids) -> duplicate(name, ids);
        case Facet.Foreign(var why) -> block(name, Blocked.Reason.FOREIGN, why);
        case Facet.Absent() -> missing(resource);
        case Facet.Retained(var live) -> steps.add(new Step.Adopt(name, live.id()));
        case Facet.Observed(var live) -> {
          switch (live.phase()) {
            case DELETING ->
                block(name, Blocked.Reason.DELETING, live.id() + " is being deleted; waiting");
            case FAILED -> block(name, Blocked.Reason.FAILED, failed(resource, live));
            case PENDING -> pending.add(name);
            case READY -> present(resource, live);
          }
        }
      }
    }

    private static String failed(DesiredResource<?, ?> resource, Live live) {
      return resource.slot().type().facts().loss() == ResourceType.Loss.DATA
          ? "AWS says that %s failed, and it holds data; look at its events in AWS"
              .formatted(live.id())
          : "%s failed; delete it in AWS and it is made again".formatted(live.id());
    }

    void unwanted(LogicalName name) {
      switch (observation.of(name)) {
        case Facet.Unknown(var why) -> block(name, Blocked.Reason.UNKNOWN, why);
        case Facet.Duplicates(var ids) -> duplicate(name, ids);
        case Facet.Absent(), Facet.Foreign(_), Facet.Retained(_) -> {}
        case Facet.Observed(var live) -> {
          if (live.phase() == Phase.DELETING) pending.add(name);
          else steps.add(new Step.Delete(name, live.id(), "not wanted"));
        }
      }
    }

    private void missing(DesiredResource<?, ?> resource) {
      var name = resource.name();
      var facts = resource.slot().type().facts();
      var before = history.of(name).orElse(NEVER_MADE);
      var gone = before.id();
      if (gone == null) {
        steps.add(Step.Create.first(name));
        return;
      }
      drift.add(new Drift(name.value(), facts.title(), gone, ABSENT, facts.whenMissing()));
      var losesData =
          facts.loss() == ResourceType.Loss.DATA
              && !resource.isOfOtherOrigin(before.applied(), observation);
      steps.add(losesData ? Step.Create.empty(name, gone) : Step.Create.again(name, gone));
    }

    private void present(DesiredResource<?, ?> resource, Live live) {
      var name = resource.name();
      var prints = resource.fingerprints(observation);
      var applied = history.of(name).map(History.Entry::applied).orElse(Map.of());
      var differences = resource.differences(live, observation, applied);
      // Wished for the same before, and it was so: somebody else changed it.
      var byOthers =
          differences.stream()
              .filter(d -> d.kind() != FieldKind.FOLLOW_UP)
              .filter(d -> Objects.equals(prints.get(d.field()), applied.get(d.field())))
              .toList();
      var changing = byOthers.size() < differences.size();
      for (var difference : byOthers)
        if (!changing || difference.kind() != FieldKind.STATE)
          drift.add(Drift.of(name, difference, isRepairable(resource, difference)));

      var fixed = differences.stream().filter(d -> d.kind() == FieldKind.IMMUTABLE).toList();
      var changeable =
          differences.stream()
              .filter(d -> d.kind() != FieldKind.IMMUTABLE && d.kind() != FieldKind.REPORTED)
              .toList();
      if (!fixed.isEmpty()) immutable(resource, live, fixed);
      if (!changeable.isEmpty() && !isReplaced(name))
        steps.add(new Step.Update(name, live.id(), changeable));
    }

    private static boolean isRepairable(DesiredResource<?, ?> resource, Difference difference) {
      return switch (difference.kind()) {
        case REPORTED -> false;
        case IMMUTABLE -> resource.slot().type().facts().loss() == ResourceType.Loss.NOTHING;
        default -> true;
      };
    }

    private void immutable(DesiredResource<?, ?> resource, Live live, List<Difference> fixed) {
      var what =
          fixed.stream()
              .map(d -> "%s is %s, wanted %s".formatted(d.path(), d.live(), d.desired()))
              .collect(Collectors.joining("; "));
      if (resource.slot().type().facts().loss() == ResourceType.Loss.NOTHING)
        steps.add(new Step.Delete(resource.name(), live.id(), "to be replaced: " + what));
      else
        block(
            resource.name(),
            Blocked.Reason.IMMUTABLE,
            "%s: %s, which AWS cannot change in place; set the spec back, or delete %s if it may be made anew"
                .formatted(live.id(), what, live.id()));
    }

    private boolean isReplaced(LogicalName name) {
      return steps.stream().anyMatch(s -> s instanceof Step.Delete && s.name().equals(name));
    }

    private void duplicate(LogicalName name, List<String> ids) {
      block(
          name,
          Blocked.Reason.DUPLICATE,
          "%s all bear the tags of this environment's %s; remove the tags that begin with appenv.dev/ from those that are not it"
              .formatted(String.join(" and ", ids), name));
    }

    private void block(LogicalName name, Blocked.Reason reason, String message) {
      blocked.add(new Blocked(name, reason, message));
    }

    Plan finish() {
      return new Plan(steps, drift, blocked, pending);
    }
  }
}
