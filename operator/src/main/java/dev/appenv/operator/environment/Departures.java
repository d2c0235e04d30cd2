package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.environment.Executor.Attempt;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.Infrastructure;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The end of resources that nobody wants any more. One that is gone is forgotten, and one that held
 * data only when these are known to be where they should be.
 */
final class Departures {
  private final Infrastructure infrastructure;
  private final Tombstones tombstones;
  private final Supplier<Set<String>> restored;

  /**
   * @param restored the snapshots from which present environments are raised, as their users name
   *     them
   */
  Departures(Infrastructure infrastructure, Tombstones tombstones, Supplier<Set<String>> restored) {
    this.infrastructure = infrastructure;
    this.tombstones = tombstones;
    this.restored = restored;
  }

  /** Whose, and what becomes of their data. */
  record Leaving(AppEnvironment environment, Scope scope, Removal removal) {}

  /**
   * Of the steps, those that take away what holds data and could not be done as things are, with
   * why. It is known before anything is deleted.
   */
  List<Attempt> obstructed(Executor.Job job, List<Step> steps) {
    if (job.removal() == Removal.DISOWN) return List.of();
    var obstructed = new ArrayList<Attempt>();
    for (var step : steps)
      if (step instanceof Step.Delete delete
          && job.observation().of(delete.name()) instanceof Facet.Observed(var live))
        slot(delete.name())
            .flatMap(slot ->
                infrastructure.obstacle(job.scope(), slot, live, job.removal(), restored.get()))
            .ifPresent(why -> obstructed.add(new Attempt(delete, why)));
    return obstructed;
  }

  private static Problem keptTooLong(LogicalName name, Outcome.Failed why) {
    var message =
        "%s: what is kept too long could not be deleted: %s".formatted(name, why.message());
    return why.cause() == Outcome.Cause.DENIED
        ? Problem.person("AccessDenied", message)
        : Problem.passing("AWSUnavailable", message);
  }

  /** Lets go of what was kept of data longer than was wished for, a few times a day. */
  void prune(Scope scope, AppEnvironmentSpec spec) {
    // Nobody waits for it: it is tried again.
    var _ = infrastructure.prune(scope, infrastructure.wished(spec), restored, false);
  }

  private Optional<Slot<?, ?>> slot(LogicalName name) {
    return infrastructure.slots().stream()
        .filter(slot -> slot.name().equals(name))
        .<Slot<?, ?>>map(slot -> slot)
        .findFirst();
  }

  /**
   * Forgets what is gone.
   *
   * @return why something that is gone cannot be forgotten yet
   */
  List<Problem> settle(
      Leaving leaving,
      StatusJournal journal,
      DesiredEnvironment desired,
      Observation observation,
      Instant now) {
    var problems = new ArrayList<Problem>();
    var settled = new ArrayList<LogicalName>();
    journal
        .history()
        .entries()
        .forEach((name, entry) -> {
          if (desired.in(name).isPresent() || !observation.isGone(name)) return;
          keeps(leaving, journal, name, entry, now)
              .ifPresentOrElse(problems::add, () -> settled.add(name));
        });
    if (!settled.isEmpty()) journal.forget(settled);
    return problems;
  }

  private Optional<Problem> keeps(
      Leaving leaving, StatusJournal journal, LogicalName name, History.Entry entry, Instant now) {
    var id = entry.id();
    if (id == null || leaving.removal() != Removal.KEEP_DATA) return Optional.empty();
    var slot = slot(name);
    if (slot.isEmpty()) return Optional.empty();
    return switch (infrastructure.kept(leaving.scope(), slot.get(), id)) {
      case Kept.NothingToKeep() -> Optional.empty();
      case Kept.Snapshot(var snapshot) -> {
        tombstones.note(
            leaving.environment(),
            leaving.scope(),
            new Tombstones.Remains(name, snapshot, journal.report().release()),
            now);
        yield infrastructure
            .prune(leaving.scope(), Set.of(name), restored, true)
            .map(why -> keptTooLong(name, why));
      }
      case Kept.Underway(var snapshot) ->
          Optional.of(
              Problem.passing(
                  "SnapshotUnderway",
                  "%s: waiting for snapshot %s of %s to become available"
                      .formatted(name, snapshot, id)));
      case Kept.Lost() ->
          Optional.of(
              Problem.person(
                  "SnapshotMissing",
                  "%s: %s is gone and AWS has no snapshot of it; if its data are not needed, set spec.lifecycle.deletionPolicy to Delete"
                      .formatted(name, id)));
      case Kept.Unknown(var why) ->
          Optional.of(Problem.passing("ObservationFailed", name + ": " + why));
    };
  }
}
