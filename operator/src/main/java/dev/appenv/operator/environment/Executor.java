package dev.appenv.operator.environment;

import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.plan.Credentials;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.FieldKind;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Infrastructure;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.Live;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Phase;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.SecretKeeper;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Step;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does the steps of a plan that can be done now, side by side, and no step before what it depends
 * on. Never waits for AWS to finish.
 */
public final class Executor {
  private final Infrastructure infrastructure;
  private final SideBySide sideBySide;
  private final InstantSource clock;

  /**
   * @param sideBySide for the calls of steps that do not depend on each other
   */
  public Executor(Infrastructure infrastructure, SideBySide sideBySide, InstantSource clock) {
    this.infrastructure = infrastructure;
    this.sideBySide = sideBySide;
    this.clock = clock;
  }

  /** One step that was tried. */
  public record Attempt(Step step, Outcome outcome) {}

  /**
   * Everything a run needs to know of its environment.
   *
   * @param secrets takes what is told only once
   */
  public record Job(
      Scope scope,
      DesiredEnvironment desired,
      Observation observation,
      Removal removal,
      SecretKeeper secrets) {}

  /**
   * What a run did.
   *
   * @param crowded whether steps that could be done now wait for room under the limits on calls
   */
  public record Result(List<Attempt> attempts, boolean crowded) {
    /** Whether all that was tried was done, so that something else may have become possible. */
    boolean allDone() {
      return !attempts.isEmpty()
          && attempts.stream().allMatch(a -> a.outcome() instanceof Outcome.Done);
    }
  }

  public Result run(Job job, List<Step> steps, Journal journal) {
    return new Run(job, steps, journal).untilNothingMoreCanBeDone();
  }

  private final class Run {
    private final Job job;
    private final Journal journal;
    private final List<Step> open;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<LogicalName, String> made = new HashMap<>();
    private final Set<LogicalName> failed = new HashSet<>();
    private boolean crowded;

    Run(Job job, List<Step> steps, Journal journal) {
      this.job = job;
      this.journal = journal;
      this.open = new ArrayList<>(steps);
    }

    Result untilNothingMoreCanBeDone() {
      for (var wave = admitted(); !wave.isEmpty(); wave = admitted()) {
        open.removeAll(wave);
        var intents = intend(wave);
        sideBySide.map(wave, step -> attempt(step, intents)).forEach(this::note);
      }
      return new Result(List.copyOf(attempts), crowded);
    }

    private void note(Attempt attempt) {
      attempts.add(attempt);
      var name = attempt.step().name();
      switch (attempt.outcome()) {
        case Outcome.Done(var id, _) -> {
          if (attempt.step() instanceof Step.Create) made.put(name, id);
        }
        case Outcome.Failed _ -> failed.add(name);
      }
    }

    /** Nothing is begun, nor noted, for which there is no room: it waits for another pass. */
    private List<Step> admitted() {
      var ready = open.stream().filter(this::isReady).toList();
      var wave = ready.stream().filter(s -> infrastructure.admit(job.scope(), s)).toList();
      crowded = wave.size() < ready.size();
      return wave;
    }

    private boolean isReady(Step step) {
      return switch (step) {
        case Step.Create(var name, _, _) -> {
          var slot = slot(name);
          yield slot.needs().stream().allMatch(this::hasId)
              && slot.after().stream().allMatch(this::isSettled);
        }
        case Step.Adopt _ -> true;
        case Step.Update update -> slot(update.name()).needs().stream().allMatch(this::hasId);
        case Step.Delete(var name, _, _) ->
            job.removal() == Removal.DISOWN || dependants(name).allMatch(job.observation()::isGone);
      };
    }

    /** A resource that is not wanted here, as the VPC where it is shared, is not waited for. */
    private boolean isWanted(LogicalName name) {
      return job.desired().in(name).isPresent();
    }

    private boolean hasId(LogicalName name) {
      return !isWanted(name) || ids().idOf(name) != null;
    }

    private boolean isSettled(LogicalName name) {
      if (!isWanted(name)) return true;
      var hasOpenStep = open.stream().anyMatch(s -> s.name().equals(name));
      return !hasOpenStep
          && !failed.contains(name)
          && !made.containsKey(name)
          && job.observation().of(name) instanceof Facet.Observed(var live)
          && live.phase() == Phase.READY;
    }

    private Stream<LogicalName> dependants(LogicalName name) {
      return infrastructure.slots().stream()
          .filter(s -> s.dependsOn(name))
          .<LogicalName>map(Slot::name)
          // A key pair that is replaced is not waited for by the machine that stays.
          .filter(d -> !isWanted(d));
    }

    private Ids ids() {
      return new Ids() {
        @Override
        public @Nullable String idOf(LogicalName name) {
          return made.containsKey(name) ? made.get(name) : job.observation().idOf(name);
        }

        @Override
        public @Nullable Live liveOf(LogicalName name) {
          return made.containsKey(name) ? null : job.observation().liveOf(name);
        }
      };
    }

    private Map<LogicalName, Intent> intend(List<Step> wave) {
      var intents = new HashMap<LogicalName, Intent>();
      var fresh = new ArrayList<Intent>();
      var adopted = new HashMap<LogicalName, String>();
      for (var step : wave) {
        if (step instanceof Step.Adopt(var name, var id)) adopted.put(name, id);
        if (!(step instanceof Step.Create)) continue;
        var wanted = job.desired().in(step.name()).orElseThrow();
        var id = infrastructure.idOfNew(job.scope(), wanted, ids());
        var intent = Intent.begin(job.scope().owner(), step.name(), clock.instant()).under(id);
        // The same create once more has the same token, and again the full time to show.
        var open = openIntent(step.name());
        if (open != null) intent = new Intent(step.name(), open.token(), intent.since(), id);
        fresh.add(intent);
        intents.put(step.name(), intent);
      }
      if (!adopted.isEmpty()) journal.adopting(adopted);
      if (!fresh.isEmpty()) journal.intend(fresh);
      return intents;
    }

    /** A create whose outcome is not known. One whose id was given is done with, and was lost. */
    private @Nullable Intent openIntent(LogicalName name) {
      return journal
          .history()
          .of(name)
          .filter(e -> e.id() == null)
          .map(e -> e.intent())
          .orElse(null);
    }

    private Attempt attempt(Step step, Map<LogicalName, Intent> intents) {
      return new Attempt(
          step,
          switch (step) {
            case Step.Create create ->
                create(create, Objects.requireNonNull(intents.get(create.name())));
            case Step.Adopt adopt -> adopt(adopt);
            case Step.Update update -> update(update);
            case Step.Delete delete -> remove(delete);
          });
    }

    private Outcome create(Step.Create step, Intent intent) {
      var wanted = job.desired().in(step.name()).orElseThrow();
      var outcome = infrastructure.create(job.scope(), wanted, intent, ids());
      switch (outcome) {
        case Outcome.Done(var id, var secrets) -> {
          // First, for what is noted as made is taken for whole.
          if (!secrets.isEmpty())
            job.secrets().keep(step.name(), new Credentials.Credential(id, secrets));
          journal.created(step.name(), id, wanted.setAtCreation(ids()));
        }
        case Outcome.Failed(var cause, _) -> {
          if (cause != Outcome.Cause.UNCERTAIN) journal.refused(step.name());
        }
      }
      return outcome;
    }

    private Outcome adopt(Step.Adopt step) {
      return infrastructure.adopt(job.scope(), slot(step.name()), live(step.name()));
    }

    private Outcome update(Step.Update step) {
      var wanted = job.desired().in(step.name()).orElseThrow();
      var outcome =
          infrastructure.update(job.scope(), wanted, live(step.name()), step.differences(), ids());
      if (outcome instanceof Outcome.Done) journal.set(step.name(), set(step, wanted));
      return outcome;
    }

    private Map<String, String> set(Step.Update step, DesiredResource<?, ?> wanted) {
      // What is brought into another state takes nothing else meanwhile.
      if (step.differences().stream().anyMatch(d -> d.kind() == FieldKind.STATE)) return Map.of();
      var prints = wanted.unreadable(ids());
      prints
          .keySet()
          .removeIf(f -> step.differences().stream().noneMatch(d -> d.field().equals(f)));
      return prints;
    }

    private Outcome remove(Step.Delete step) {
      var slot = slot(step.name());
      var live = live(step.name());
      var disowned = job.removal() == Removal.DISOWN;
      var outcome =
          disowned
              ? infrastructure.disown(job.scope(), slot, live)
              : infrastructure.delete(job.scope(), slot, live, job.removal());
      // What is replaced or given up is not missed afterwards.
      if (outcome instanceof Outcome.Done && (disowned || isWanted(step.name())))
        journal.forget(List.of(step.name()));
      return outcome;
    }

    private Live live(LogicalName name) {
      return switch (job.observation().of(name)) {
        case Facet.Observed(var live) -> live;
        case Facet.Retained(var live) -> live;
        default -> throw new IllegalStateException(name + " was planned for without being seen");
      };
    }

    private Slot<?, ?> slot(LogicalName name) {
      return infrastructure.slots().stream()
          .filter(s -> s.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }
}
