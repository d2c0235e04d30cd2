package dev.appenv.operator.aws;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.CallGate;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Session;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.KeepsData;
import dev.appenv.operator.aws.resource.Noun;
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
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Step;
import dev.appenv.operator.plan.Wish;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** AWS as the pipeline sees it. */
public final class AwsInfrastructure implements Infrastructure {
  /** What AWS does takes seconds to minutes, and the next step waits for it. */
  private static final Observer.Age AWAITED =
      new Observer.Age(Duration.ofSeconds(2), Duration.ofSeconds(2));

  /** What is read for each environment by itself is read more seldom than a list for all. */
  private static final int READING_INTERVALS = 6;

  private final AwsClients clients;
  private final Observer.Age still;
  private final Touches touches;
  private final Readings readings;
  private final Observer observer;
  private final SideBySide sideBySide;
  private final Lookups lookups;
  private final InstantSource clock;
  private final List<Slot<?, ?>> slots =
      Nouns.ALL.stream().map(Noun::slots).<Slot<?, ?>>flatMap(List::stream).toList();

  /**
   * @param sweepInterval for how long a list of live resources is fresh when we change nothing
   * @param consistency how long a create whose answer was lost may take to show in AWS's lists
   * @param sideBySide for reads of different types
   */
  public AwsInfrastructure(
      AwsClients clients,
      String clusterId,
      Duration sweepInterval,
      Duration consistency,
      SideBySide sideBySide,
      InstantSource clock) {
    this.clients = clients;
    this.still = new Observer.Age(sweepInterval, sweepInterval.multipliedBy(READING_INTERVALS));
    this.touches = new Touches(clock);
    this.readings = new Readings(clock);
    this.observer =
        new Observer(
            clients, new Sweeps(clients, clusterId, clock), readings, touches, consistency, clock);
    this.sideBySide = sideBySide;
    this.clock = clock;
    this.lookups = new Lookups(clients);
  }

  @Override
  public List<Slot<?, ?>> slots() {
    return slots;
  }

  @Override
  public Set<LogicalName> wished(AppEnvironmentSpec spec) {
    return Nouns.ALL.stream()
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
        Nouns.ALL.stream()
            .map(noun -> noun.desired(wish))
            .<DesiredResource<?, ?>>flatMap(List::stream)
            .toList());
  }

  @Override
  public Set<LogicalName> passwords(AppEnvironmentSpec spec) {
    return Nouns.ALL.stream()
        .map(noun -> noun.passwords(spec))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<String> variables(AppEnvironmentSpec spec) {
    return Nouns.ALL.stream()
        .map(noun -> noun.variables(spec))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Outputs outputs(Wish wish, Observation observation) {
    return Nouns.ALL.stream()
        .map(noun -> noun.outputs(wish, observation))
        .reduce(Outputs.NONE, Outputs::and);
  }

  @Override
  public void forget(Owner owner) {
    readings.forget(owner);
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
                    aws(slot),
                    look.awaited().contains(slot.name()) ? AWAITED : still));
    var facets = new TreeMap<LogicalName, Facet>();
    for (var i = 0; i < looks.size(); i++) facets.put(slots.get(i).name(), looks.get(i));
    return new Observation(facets);
  }

  @Override
  public boolean admit(Scope scope, Step step) {
    var type = aws(slot(step.name()));
    var budget = step instanceof Step.Create ? type.createBudget() : type.changeBudget();
    return clients.admit(scope.account(), scope.region(), budget);
  }

  @Override
  public Outcome create(Scope scope, DesiredResource<?, ?> wanted, Intent intent, Ids ids) {
    return change(
        scope, wanted.slot(), () -> create(scope, aws(wanted.slot()), wanted, intent, ids));
  }

  private <D extends AwsDesired> String create(
      Scope scope, AwsType<D, ?> type, DesiredResource<?, ?> wanted, Intent intent, Ids ids) {
    var desired = type.facts().desiredForm().cast(wanted.desired());
    var tags = new TreeMap<>(desired.tags());
    tags.putAll(OwnerTags.of(scope.owner(), wanted.name()));
    return type.create(
        clients.in(scope.account(), scope.region()),
        desired,
        new Creation(scope.owner(), intent, tags, ids));
  }

  @Override
  public Outcome update(
      Scope scope, DesiredResource<?, ?> wanted, Live live, List<Difference> differences, Ids ids) {
    return change(
        scope,
        wanted.slot(),
        () -> update(scope, aws(wanted.slot()), wanted, live, differences, ids));
  }

  private <D extends AwsDesired, L extends AwsLive> String update(
      Scope scope,
      AwsType<D, L> type,
      DesiredResource<?, ?> wanted,
      Live live,
      List<Difference> differences,
      Ids ids) {
    type.change(
        clients.in(scope.account(), scope.region()),
        type.facts().desiredForm().cast(wanted.desired()),
        owned(scope, type, live),
        differences,
        ids);
    return live.id();
  }

  @Override
  public Outcome delete(Scope scope, Slot<?, ?> slot, Live live, Removal removal) {
    return change(scope, slot, () -> delete(scope, slot.name(), aws(slot), live, removal));
  }

  @SuppressWarnings("unchecked") // a type keeps the data of its own live form
  private <L extends AwsLive> String delete(
      Scope scope, LogicalName name, AwsType<?, L> type, Live live, Removal removal) {
    var aws = clients.in(scope.account(), scope.region());
    var resource = owned(scope, type, live);
    if (removal == Removal.KEEP_DATA && type instanceof KeepsData<?> keeper)
      ((KeepsData<L>) keeper)
          .deleteAndKeepData(aws, scope.owner(), name, resource, clock.instant());
    else type.delete(aws, resource);
    return live.id();
  }

  @Override
  public Kept kept(Scope scope, Slot<?, ?> slot, String id) {
    if (!(slot.type() instanceof KeepsData<?> keeper)) return new Kept.NothingToKeep();
    try {
      return keeper.kept(clients.in(scope.account(), scope.region()), id);
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return new Kept.Unknown(
          "what was kept of %s could not be read: %s".formatted(id, Failures.of(e).message()));
    }
  }

  @Override
  public Outcome disown(Scope scope, Slot<?, ?> slot, Live live) {
    return change(scope, slot, () -> disown(scope, slot.name(), aws(slot), live));
  }

  @Override
  public Outcome adopt(Scope scope, Slot<?, ?> slot, Live live) {
    return change(scope, slot, () -> adopt(scope, slot.name(), aws(slot), live));
  }

  private <L extends AwsLive> String adopt(
      Scope scope, LogicalName name, AwsType<?, L> type, Live live) {
    var resource = type.facts().liveForm().cast(live);
    if (!OwnerTags.isRetained(resource.tags(), scope.owner()))
      throw new IllegalStateException(live.id() + " was not given up by " + scope.owner().path());
    type.adopt(clients.in(scope.account(), scope.region()), scope.owner(), name, resource);
    return live.id();
  }

  private <L extends AwsLive> String disown(
      Scope scope, LogicalName name, AwsType<?, L> type, Live live) {
    type.disown(
        clients.in(scope.account(), scope.region()), scope.owner(), name, owned(scope, type, live));
    return live.id();
  }

  /** What is changed or deleted must bear our mark, whatever was decided before. */
  private static <L extends AwsLive> L owned(Scope scope, AwsType<?, L> type, Live live) {
    var resource = type.facts().liveForm().cast(live);
    if (OwnerTags.read(resource.tags()).filter(mark -> mark.isOf(scope.owner())).isEmpty())
      throw new IllegalStateException(live.id() + " does not bear the tags of " + scope.owner());
    return resource;
  }

  private Outcome change(Scope scope, Slot<?, ?> slot, Supplier<String> call) {
    try {
      return new Outcome.Done(Session.of(scope.owner()).run(() -> CallGate.paid(call)));
    } catch (AwsType.EmptyAnswer | AwsType.Impossible e) {
      return new Outcome.Failed(Outcome.Cause.REFUSED, String.valueOf(e.getMessage()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return Failures.of(e);
    } finally {
      touches.touch(scope.owner(), slot.name());
    }
  }

  private Slot<?, ?> slot(LogicalName name) {
    return slots.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static AwsType<?, ?> aws(Slot<?, ?> slot) {
    return (AwsType<?, ?>) slot.type();
  }
}
