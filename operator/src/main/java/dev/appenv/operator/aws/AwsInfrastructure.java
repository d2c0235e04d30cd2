package dev.appenv.operator.aws;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.KeepsData;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.sweep.Answers;
import dev.appenv.operator.aws.sweep.Readings;
import dev.appenv.operator.aws.sweep.Sweeps;
import dev.appenv.operator.aws.sweep.Touches;
import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.plan.DesiredEnvironment;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Infrastructure;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.Live;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Look;
import dev.appenv.operator.plan.Mail;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.RecordToSet;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Step;
import dev.appenv.operator.plan.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** AWS as the pipeline sees it. */
public final class AwsInfrastructure implements Infrastructure {
  /** What AWS does takes seconds to minutes, and the next step waits for it. */
  private static final Duration AWAITED = Duration.ofSeconds(2);

  /** A list that is read seldom serves for so many sweep intervals. */
  private static final int SELDOM = 12;

  private final AwsClients clients;
  private final Duration sweepInterval;
  private final Touches touches;
  private final Readings<Facet> readings;
  private final Details details;
  private final Changes changes;
  private final Keeping keeping;
  private final Observer observer;
  private final SideBySide sideBySide;
  private final Lookups lookups;
  private final InstantSource clock;
  private final Answers answers;
  private final List<Noun> nouns;
  private final List<Slot<?, ?>> slots;

  /**
   * @param sweepInterval for how long a list of live resources is fresh when we change nothing
   * @param consistency how long a create whose answer was lost may take to show in AWS's lists
   * @param smtpHost the host to which the application brings its mail, with {@code REGION} for the
   *     code of the region
   * @param sideBySide for reads of different types
   */
  public AwsInfrastructure(
      AwsClients clients,
      String clusterId,
      Duration sweepInterval,
      Duration consistency,
      String smtpHost,
      SideBySide sideBySide,
      InstantSource clock) {
    this.clients = clients;
    this.sweepInterval = sweepInterval;
    this.touches = new Touches(clock);
    this.readings = new Readings<>(clock, facet -> !(facet instanceof Facet.Unknown));
    var sweeps = new Sweeps(clients, clusterId, clock);
    var turns = new Turns(clients, clock);
    this.details = new Details(clients, sweeps, turns, sweepInterval, clock);
    this.observer =
        new Observer(
            new Finder(clients), sweeps, readings, details, turns, touches, consistency, clock);
    this.sideBySide = sideBySide;
    this.clock = clock;
    this.lookups = new Lookups(clients);
    this.changes = new Changes(clients, clock);
    this.keeping = new Keeping(clients, clock);
    this.answers = new Answers(clients, clock);
    this.nouns = Nouns.all(smtpHost);
    this.slots = nouns.stream().map(Noun::slots).<Slot<?, ?>>flatMap(List::stream).toList();
  }

  /** What these nouns need of the account's quotas. */
  public AwsQuotas quotas() {
    return new AwsQuotas(nouns, clients, sideBySide, clock);
  }

  @Override
  public List<Slot<?, ?>> slots() {
    return slots;
  }

  @Override
  public Set<LogicalName> wished(AppEnvironmentSpec spec) {
    return nouns.stream()
        .filter(noun -> noun.isWished(spec))
        .flatMap(noun -> noun.slots().stream())
        .<LogicalName>map(Slot::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Resolution<Wish.Resolved> resolve(
      Scope scope, AppEnvironmentSpec spec, Wish.@Nullable Resolved known) {
    return known == null ? lookups.resolve(scope, spec) : new Resolution.Found<>(known);
  }

  @Override
  public DesiredEnvironment desired(Wish wish) {
    return new DesiredEnvironment(
        nouns.stream()
            .map(noun -> noun.desired(wish))
            .<DesiredResource<?, ?>>flatMap(List::stream)
            .toList());
  }

  @Override
  public Set<LogicalName> passwords(AppEnvironmentSpec spec) {
    return nouns.stream()
        .map(noun -> noun.passwords(spec))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<LogicalName> credentials(AppEnvironmentSpec spec) {
    return nouns.stream()
        .map(noun -> noun.credentials(spec))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Optional<Mail> mail(Scope scope, Wish wish, Observation observation, Instant after) {
    return nouns.stream()
        .flatMap(noun -> noun.mail(wish, observation, answers.in(scope, after)).stream())
        .findFirst();
  }

  @Override
  public Set<String> variables(AppEnvironmentSpec spec) {
    return nouns.stream()
        .map(noun -> noun.variables(spec))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Outputs outputs(Wish wish, Observation observation) {
    return nouns.stream()
        .map(noun -> noun.outputs(wish, observation))
        .reduce(Outputs.NONE, Outputs::and);
  }

  @Override
  public List<RecordToSet> recordsToSet(Wish wish, Observation observation) {
    return nouns.stream()
        .map(noun -> noun.recordsToSet(wish, observation))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void forget(Owner owner) {
    readings.forget(owner);
    details.forget(owner);
  }

  @Override
  public Observation observe(Look look) {
    var looks =
        sideBySide.map(
            slots,
            slot ->
                observer.look(
                    look,
                    slot.name(),
                    AwsType.of(slot),
                    isAwaited(look, slot) ? AWAITED : still(AwsType.of(slot))));
    var facets = new TreeMap<LogicalName, Facet>();
    for (var i = 0; i < looks.size(); i++) facets.put(slots.get(i).name(), looks.get(i));
    return new Observation(facets);
  }

  private static boolean isAwaited(Look look, Slot<?, ?> slot) {
    return look.awaited().contains(slot.name())
        && !(AwsType.of(slot) instanceof ListedType<?, ?> listed && listed.isReadSeldom());
  }

  /** For how long a reading serves when nothing changes. */
  private Duration still(AwsType<?, ?> type) {
    return switch (type) {
      case ListedType<?, ?> listed ->
          listed.isReadSeldom() ? sweepInterval.multipliedBy(SELDOM) : sweepInterval;
      case NamedType<?, ?> named -> sweepInterval.multipliedBy(named.intervals());
    };
  }

  @Override
  public boolean admit(Scope scope, Step step) {
    var type = AwsType.of(slot(step.name()));
    var budget = step instanceof Step.Create ? type.createBudget() : type.changeBudget();
    return clients.admit(scope.account(), scope.region(), budget, 1);
  }

  @Override
  public @Nullable String idOfNew(Scope scope, DesiredResource<?, ?> wanted, Ids ids) {
    return AwsType.of(wanted.slot()) instanceof NamedType<?, ?> named
        ? idOfNew(scope, named, wanted, ids)
        : null;
  }

  private static <D extends AwsDesired> String idOfNew(
      Scope scope, NamedType<D, ?> type, DesiredResource<?, ?> wanted, Ids ids) {
    var desired = type.facts().desiredForm().cast(wanted.desired());
    return type.idOfNew(scope.owner(), wanted.name(), desired, ids);
  }

  @Override
  public Outcome create(Scope scope, DesiredResource<?, ?> wanted, Intent intent, Ids ids) {
    return touching(scope, wanted.slot(), () -> changes.create(scope, wanted, intent, ids));
  }

  @Override
  public Outcome update(
      Scope scope, DesiredResource<?, ?> wanted, Live live, List<Difference> differences, Ids ids) {
    return touching(
        scope, wanted.slot(), () -> changes.update(scope, wanted, live, differences, ids));
  }

  @Override
  public Outcome delete(Scope scope, Slot<?, ?> slot, Live live, Removal removal) {
    return touching(scope, slot, () -> changes.delete(scope, slot, live, removal));
  }

  @Override
  public Outcome disown(Scope scope, Slot<?, ?> slot, Live live) {
    return touching(scope, slot, () -> changes.disown(scope, slot, live));
  }

  @Override
  public Outcome adopt(Scope scope, Slot<?, ?> slot, Live live) {
    return touching(scope, slot, () -> changes.adopt(scope, slot, live));
  }

  @Override
  public Kept kept(Scope scope, Slot<?, ?> slot, String id) {
    return slot.type() instanceof KeepsData<?> keeper
        ? keeping.kept(scope, keeper, id)
        : new Kept.NothingToKeep();
  }

  @Override
  public Optional<Outcome.Failed> obstacle(
      Scope scope, Slot<?, ?> slot, Live live, Removal removal, Set<String> spared) {
    if (!(slot.type() instanceof KeepsData<?>)) return Optional.empty();
    return touching(scope, slot, () -> obstacle(scope, AwsType.of(slot), live, removal, spared));
  }

  @SuppressWarnings("unchecked") // a type keeps the data of its own live form
  private <L extends AwsLive> Optional<Outcome.Failed> obstacle(
      Scope scope, AwsType<?, L> type, Live live, Removal removal, Set<String> spared) {
    return keeping.obstacle(
        scope, (KeepsData<L>) type, Changes.owned(scope, type, live), removal, spared);
  }

  @Override
  public Optional<Outcome.Failed> prune(
      Scope scope, Set<LogicalName> names, Supplier<Set<String>> spared, boolean anew) {
    return slots.stream()
        .filter(slot -> names.contains(slot.name()))
        .map(Slot::type)
        .filter(KeepsData.class::isInstance)
        .<KeepsData<?>>map(type -> (KeepsData<?>) type)
        .flatMap(keeper -> keeping.prune(scope, keeper, spared, anew).stream())
        .findFirst();
  }

  /** What was read before says nothing any more of what may have been changed. */
  private <T> T touching(Scope scope, Slot<?, ?> slot, Supplier<T> change) {
    try {
      return change.get();
    } finally {
      touches.touch(scope.owner(), slot.name());
      details.touch(scope.owner(), slot.name());
    }
  }

  private Slot<?, ?> slot(LogicalName name) {
    return slots.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
