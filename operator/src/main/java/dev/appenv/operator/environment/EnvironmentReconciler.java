package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.RestoreSpec;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Scope;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Joins the pipeline to Kubernetes: when it runs, and what is kept between runs. Status is written
 * by the journal alone.
 */
@ControllerConfiguration(
    name = EnvironmentReconciler.NAME,
    finalizerName = Finalizer.NAME,
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = Triggers.class))
public final class EnvironmentReconciler
    implements Reconciler<AppEnvironment>, Cleaner<AppEnvironment> {
  public static final String NAME = "appenvironment";

  private final KubernetesClient client;
  private final String clusterId;
  private final Pipeline pipeline;
  private final Deletion deletion;
  private final Releases releases;
  private final Admissions admissions;
  private final Finalizer finalizer;
  private final Events events;
  private final Board board;
  private final Heartbeat heartbeat;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private volatile @Nullable IndexerResourceCache<AppEnvironment> primaries;
  private final SimpleInboundEventSource<AppEnvironment> wakeUps =
      new SimpleInboundEventSource<>("wake-ups");

  EnvironmentReconciler(
      KubernetesClient client,
      String clusterId,
      Pipeline pipeline,
      Deletion deletion,
      Releases releases,
      Admissions admissions,
      Board board,
      Heartbeat heartbeat) {
    this.client = client;
    this.clusterId = clusterId;
    this.pipeline = pipeline;
    this.deletion = deletion;
    this.releases = releases;
    this.admissions = admissions;
    this.finalizer = new Finalizer(client);
    this.events = new Events(client);
    this.board = board;
    this.heartbeat = heartbeat;
  }

  @Override
  public List<EventSource<?, AppEnvironment>> prepareEventSources(
      EventSourceContext<AppEnvironment> context) {
    primaries = context.getPrimaryCache();
    return List.of(wakeUps);
  }

  /** All that there are, as a cache shows them; none before the first is worked on. */
  Stream<AppEnvironment> environments() {
    var cache = primaries;
    return cache == null ? Stream.of() : cache.list();
  }

  /** The snapshots from which present environments are raised, as their users name them. */
  Set<String> restored() {
    return environments()
        .map(AppEnvironment::getSpec)
        .filter(spec -> spec != null && spec.database() != null)
        .map(spec -> spec.database().restoreFrom())
        .filter(from -> from != null && from.snapshot() != null)
        .map(RestoreSpec::snapshot)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Something in the background ended for the environment with this UID. */
  void wake(String uid) {
    var environment = known.get(uid);
    if (environment != null)
      wakeUps.propagateEvent(
          new ResourceID(environment.owner().name(), environment.owner().namespace()));
  }

  @Override
  public UpdateControl<AppEnvironment> reconcile(
      AppEnvironment environment, Context<AppEnvironment> context) {
    return about(
        environment,
        it -> {
          var next = pipeline.pass(environment, it);
          return UpdateControl.<AppEnvironment>noUpdate().rescheduleAfter(jittered(next));
        });
  }

  @Override
  public DeleteControl cleanup(AppEnvironment environment, Context<AppEnvironment> context) {
    var next =
        about(
            environment,
            it -> {
              releases.forget(it.owner().uid());
              return deletion.pass(environment, it);
            });
    if (next.isPresent())
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(jittered(next.get()));
    leave(environment);
    return DeleteControl.noFinalizerRemoval();
  }

  /** Nothing of it is left; what was kept of it goes, and last the object itself. */
  private void leave(AppEnvironment environment) {
    var uid = environment.getMetadata().getUid();
    var it = known.remove(uid);
    if (it != null) {
      var where = it.journal().location();
      if (where != null) admissions.left(new Scope(it.owner(), where.account(), where.region()));
      heartbeat.remove(it.owner().path());
    }
    board.remove(uid);
    finalizer.remove(environment);
  }

  private <T> T about(AppEnvironment environment, Function<Known, T> pass) {
    var metadata = environment.getMetadata();
    try (var _ =
        MDC.putCloseable("environment", metadata.getNamespace() + "/" + metadata.getName())) {
      var it = known.computeIfAbsent(metadata.getUid(), _ -> meet(environment));
      heartbeat.beat(it.owner().path());
      var before = it.journal().report();
      var result = pass.apply(it);
      var after = it.journal().report();
      events.tell(environment, Events.between(before, after));
      board.show(metadata.getUid(), after);
      return result;
    } catch (OtherWriterException e) {
      known.remove(metadata.getUid());
      throw e;
    }
  }

  /**
   * The status is read from the API server itself, for a cache may be older than what this
   * process's predecessor stored.
   */
  private Known meet(AppEnvironment environment) {
    var metadata = environment.getMetadata();
    var owner =
        new Owner(clusterId, metadata.getUid(), metadata.getNamespace(), metadata.getName());
    var found = client.resource(environment).get();
    var fresh =
        found == null || !metadata.getUid().equals(found.getMetadata().getUid())
            ? environment
            : found;
    var store = new StatusPatch(client, fresh);
    return new Known(
        owner,
        new StatusJournal(store, fresh.getStatus()),
        new Breaker(),
        new JustDone(),
        new AppVariables());
  }

  /** So that what started together does not stay together. */
  private static Duration jittered(Duration wait) {
    return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 10 + 1));
  }
}
