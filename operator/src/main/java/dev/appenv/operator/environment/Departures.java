package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.Infrastructure;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of resources that nobody wants any more. One that is gone is forgotten, and one that held
 * data only when these are known to be where they should be.
 */
final class Departures {
  private final Infrastructure infrastructure;
  private final Tombstones tombstones;

  Departures(Infrastructure infrastructure, Tombstones tombstones) {
    this.infrastructure = infrastructure;
    this.tombstones = tombstones;
  }

  /** Whose, and what becomes of their data. */
  record Leaving(AppEnvironment environment, Scope scope, Removal removal) {}

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
          keeps(leaving, name, entry, now).ifPresentOrElse(problems::add, () -> settled.add(name));
        });
    if (!settled.isEmpty()) journal.forget(settled);
    return problems;
  }

  private Optional<Problem> keeps(
      Leaving leaving, LogicalName name, History.Entry entry, Instant now) {
    var id = entry.id();
    if (id == null || leaving.removal() != Removal.KEEP_DATA) return Optional.empty();
    var slot = infrastructure.slots().stream().filter(s -> s.name().equals(name)).findFirst();
    if (slot.isEmpty()) return Optional.empty();
    return switch (infrastructure.kept(leaving.scope(), slot.get(), id)) {
      case Kept.NothingToKeep() -> Optional.empty();
      case Kept.Snapshot(var snapshot) -> {
        tombstones.note(leaving.environment(), leaving.scope(), name, snapshot, now);
        yield Optional.empty();
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
