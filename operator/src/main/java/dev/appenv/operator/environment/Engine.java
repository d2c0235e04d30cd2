package dev.appenv.operator.environment;

import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.Infrastructure;
import dev.appenv.operator.plan.Look;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Plan;
import dev.appenv.operator.plan.Planner;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Step;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What making an environment and taking it away have in common: look, plan, do. */
final class Engine {
  private final Infrastructure infrastructure;
  private final Planner planner;
  private final Executor executor;
  private final InstantSource clock;

  Engine(Infrastructure infrastructure, Executor executor, InstantSource clock) {
    this.infrastructure = infrastructure;
    this.planner = new Planner(infrastructure.slots());
    this.executor = executor;
    this.clock = clock;
  }

  Infrastructure infrastructure() {
    return infrastructure;
  }

  /** To the second, as times are shown in status. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** What was read lately will do. */
  Observation observe(Scope scope, Known known) {
    return infrastructure.observe(look(scope, known));
  }

  /**
   * @param anew whether all is to be read now
   * @param adopting since when what a former environment of this name left behind is wanted
   */
  Observation observe(Scope scope, Known known, boolean anew, Optional<Instant> adopting) {
    var look = look(scope, known);
    return infrastructure.observe(
        new Look(
            scope,
            look.history(),
            look.awaited(),
            anew ? clock.instant().minusNanos(1) : Instant.MIN,
            adopting));
  }

  private static Look look(Scope scope, Known known) {
    return Look.at(scope, known.journal().history(), known.journal().awaited());
  }

  Plan plan(DesiredEnvironment desired, Observation observation, Known known) {
    return planner.plan(desired, observation, known.journal().history());
  }

  /** Of the steps those that are held, for they were done again and again in vain. */
  List<Step> loops(List<Step> steps, Known known, Instant now) {
    return known.breaker().open(steps, now);
  }

  Executor.Result execute(Executor.Job job, List<Step> steps, Known known, Instant now) {
    var result = executor.run(job, steps, known.journal());
    known.breaker().count(result.attempts(), now);
    return result;
  }
}
