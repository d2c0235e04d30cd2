package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.Infrastructure;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Look;
import dev.appenv.operator.plan.Mail;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Plan;
import dev.appenv.operator.plan.Planner;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Step;
import dev.appenv.operator.plan.Wish;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  Observation observe(Scope scope, Known known, @Nullable AppEnvironmentSpec spec) {
    return observe(scope, known, spec, false, Optional.empty());
  }

  /**
   * Live state, as far as it matters to what is wished for and to what was begun.
   *
   * @param spec null when it cannot be read: then all may be wished for
   * @param anew whether all is to be read now
   * @param adopting since when what a former environment of this name left behind is wanted
   */
  Observation observe(
      Scope scope,
      Known known,
      @Nullable AppEnvironmentSpec spec,
      boolean anew,
      Optional<Instant> adopting) {
    var journal = known.journal();
    var observation =
        infrastructure.observe(
            new Look(
                scope,
                journal.history(),
                journal.awaited(),
                after(anew),
                sought(journal, spec),
                spec,
                adopting));
    if (observation.isComplete()) journal.hasBeenLookedThrough();
    return observation;
  }

  /** How mail stands, where it is wished for. */
  Optional<Mail> mail(Scope scope, Wish wish, Observation observation, boolean anew) {
    return infrastructure.mail(scope, wish, observation, after(anew));
  }

  private Instant after(boolean anew) {
    return anew ? clock.instant().minusNanos(1) : Instant.MIN;
  }

  /** All that there can be, as long as the journal may have lost what it knew. */
  private Set<LogicalName> sought(StatusJournal journal, @Nullable AppEnvironmentSpec spec) {
    if (spec == null || !journal.isWhole())
      return infrastructure.slots().stream()
          .<LogicalName>map(Slot::name)
          .collect(Collectors.toUnmodifiableSet());
    var sought = new HashSet<>(infrastructure.wished(spec));
    sought.addAll(journal.history().entries().keySet());
    return sought;
  }

  Plan plan(DesiredEnvironment desired, Observation observation, Known known) {
    return planner.plan(desired, observation, known.journal().history());
  }

  /** Of the steps those that are held, for they were done again and again in vain. */
  List<Step> loops(List<Step> steps, Known known, Instant now) {
    return known.breaker().open(steps, now);
  }

  /** Of the steps those that AWS may only not show yet as done. */
  List<Step> justDone(List<Step> steps, Known known) {
    var now = clock.instant();
    return steps.stream().filter(step -> known.justDone().covers(step, now)).toList();
  }

  Executor.Result execute(Executor.Job job, List<Step> steps, Known known, Instant now) {
    var result = executor.run(job, steps, known.journal());
    known.breaker().count(result.attempts(), now);
    known.justDone().note(result.attempts(), clock.instant());
    return result;
  }
}
