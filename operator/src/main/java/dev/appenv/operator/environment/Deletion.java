package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.Gate;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Policy;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  Deletion(Engine engine, Accounts accounts, Secrets secrets, Departures departures) {
    this.engine = engine;
    this.accounts = accounts;
    this.secrets = secrets;
    this.departures = departures;
  }

  /**
   * Goes one step further in taking the environment away.
   *
   * @return whether AWS says that all is gone, or all that stays is no longer ours
   */
  boolean pass(AppEnvironment environment, Known known) {
    var now = engine.now();
    var scope = scope(environment, known);
    if (scope.isEmpty()) return gone(known);
    var elsewhere = accounts.moved(scope.get().account());
    if (elsewhere.isPresent()) {
      wait(environment, known, Problem.person(Accounts.MOVED, elsewhere.get()), now);
      return false;
    }
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
    if (Lifecycles.isProtected(environment.getSpec())) wait(environment, known, PROTECTED, now);
    else if (observation.nothingLeft()) wait(environment, known, open.getFirst(), now);
    else remove(environment, known, scope.get(), observation, removal, now);
    return false;
  }

  private static void wait(AppEnvironment environment, Known known, Problem what, Instant now) {
    var journal = known.journal();
    journal.publish(Stops.deleting(environment, journal.report(), what, List.of(), now));
  }

  private boolean gone(Known known) {
    engine.infrastructure().forget(known.owner());
    return true;
  }

  private void remove(
      AppEnvironment environment,
      Known known,
      Scope scope,
      Observation observation,
      Removal removal,
      Instant now) {
    var plan = engine.plan(DesiredEnvironment.NOTHING, observation, known);
    var job = new Executor.Job(scope, DesiredEnvironment.NOTHING, observation, removal);
    var loops = engine.loops(plan.steps(), known, now);
    var steps = plan.steps().stream().filter(s -> !loops.contains(s)).toList();
    var result = engine.execute(job, steps, known, now);
    var gated = Gate.apply(plan, Policy.REPAIR_ALL, false);
    var view =
        new InfrastructureView(gated, observation, result.attempts(), loops, Optional.empty());
    var before = known.journal().report();
    var what = what(view, observation, removal == Removal.DISOWN);
    var operations = view.operations(before.operations(), now);
    known
        .journal()
        .publish(Stops.deleting(environment, before, what, operations, now), view.phases());
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
        observation.facets().entrySet().stream()
            .filter(e -> !(e.getValue() instanceof Facet.Absent))
            .map(Map.Entry::getKey)
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
