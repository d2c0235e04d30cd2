package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.Gate;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Policy;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes an environment away: the same engine with nothing desired. Needs neither Git nor Secrets
 * nor a good spec, only what was noted in status and the marks on the resources.
 */
final class Deletion {
  private static final Problem PROTECTED =
      Problem.person(
          "DeletionProtected",
          "spec.database.deletionProtection is true, and nothing is deleted; set it to false");

  private final Engine engine;
  private final Accounts accounts;
  private final Secrets secrets;
  private final Departures departures;
  private final Intervals intervals;

  Deletion(
      Engine engine,
      Accounts accounts,
      Secrets secrets,
      Departures departures,
      Intervals intervals) {
    this.engine = engine;
    this.accounts = accounts;
    this.secrets = secrets;
    this.departures = departures;
    this.intervals = intervals;
  }

  /**
   * Goes one step further in taking the environment away.
   *
   * @return until the next pass; nothing when AWS says that all is gone, or all that stays is no
   *     longer ours
   */
  Optional<Duration> pass(AppEnvironment environment, Known known) {
    var now = engine.now();
    var scope = scope(environment, known);
    if (scope.isEmpty()) return gone(known);
    var elsewhere = accounts.moved(scope.get().account());
    if (elsewhere.isPresent())
      return wait(environment, known, Problem.person(Accounts.MOVED, elsewhere.get()), now);
    var removal = Lifecycles.removal(environment.getSpec());
    var retain = removal == Removal.DISOWN;
    if (retain) secrets.keep(environment);
    var journal = known.journal();
    var observation = engine.observe(scope.get(), known, environment.getSpec());
    var open =
        departures.settle(
            new Departures.Leaving(environment, scope.get(), removal),
            journal,
            DesiredEnvironment.NOTHING,
            observation,
            now);
    if (observation.nothingLeft() && open.isEmpty()) return gone(known);
    if (Lifecycles.isProtected(environment.getSpec()))
      return wait(environment, known, PROTECTED, now);
    if (observation.nothingLeft()) return wait(environment, known, open.getFirst(), now);
    return remove(environment, known, scope.get(), observation, removal, now);
  }

  private Optional<Duration> wait(
      AppEnvironment environment, Known known, Problem what, Instant now) {
    var journal = known.journal();
    journal.publish(Stops.deleting(environment, journal.report(), what, List.of(), now));
    return next(what);
  }

  private Optional<Duration> next(Problem what) {
    return Optional.of(what.needsPerson() ? intervals.blocked() : intervals.moving());
  }

  private Optional<Duration> gone(Known known) {
    engine.infrastructure().forget(known.owner());
    return Optional.empty();
  }

  private Optional<Duration> remove(
      AppEnvironment environment,
      Known known,
      Scope scope,
      Observation observation,
      Removal removal,
      Instant now) {
    var plan = engine.plan(DesiredEnvironment.NOTHING, observation, known);
    var job =
        new Executor.Job(
            scope,
            DesiredEnvironment.NOTHING,
            observation,
            removal,
            (name, _) -> {
              throw new IllegalStateException(name + " was made while all is deleted");
            });
    var loops = engine.loops(plan.steps(), known, now);
    var steps = plan.steps().stream().filter(s -> !loops.contains(s)).toList();
    // Half an environment is of no use to anybody.
    var obstructed = departures.obstructed(job, steps);
    var attempts =
        obstructed.isEmpty() ? engine.execute(job, steps, known, now).attempts() : obstructed;
    var gated = Gate.apply(plan, Policy.REPAIR_ALL, false);
    var view = new InfrastructureView(gated, observation, attempts, loops, Optional.empty());
    var before = known.journal().report();
    var what = what(view, observation, removal == Removal.DISOWN);
    var operations = view.operations(before.operations(), now);
    known
        .journal()
        .publish(Stops.deleting(environment, before, what, operations, now), view.phases());
    return obstructed.isEmpty() ? Optional.of(intervals.moving()) : next(what);
  }

  private static Problem what(InfrastructureView view, Observation observation, boolean retain) {
    if (!view.loops().isEmpty())
      return Problem.person(
          "DeleteLoop",
          "AWS accepts these again and again and they are still there; delete them by hand: "
              + view.loops().stream().map(Step::toString).collect(Collectors.joining(", ")));
    var blocking = view.blocking();
    if (blocking.isPresent()) return blocking.get();
    var left =
        observation.facets().keySet().stream()
            .filter(name -> !observation.isGone(name))
            .sorted()
            .map(LogicalName::value)
            .collect(Collectors.joining(", "));
    return Problem.passing("Deleting", (retain ? "Giving up " : "Deleting ") + left);
  }

  /**
   * Where the resources are, as noted before the first was made; what is not noted, the spec may
   * still say.
   */
  private Optional<Scope> scope(AppEnvironment environment, Known known) {
    var noted = known.journal().location();
    if (noted != null)
      return Optional.of(new Scope(known.owner(), noted.account(), noted.region()));
    var spec = environment.getSpec();
    if (spec == null || spec.aws() == null || spec.aws().accountRef() == null)
      return Optional.empty();
    var account = spec.aws().accountRef().name();
    var region = spec.aws().region();
    // Nothing was ever begun where we may not be.
    return accounts.permission(account, known.owner().namespace(), region)
            instanceof Accounts.Permission.Granted
        ? Optional.of(new Scope(known.owner(), account, region))
        : Optional.empty();
  }
}
