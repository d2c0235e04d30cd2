package dev.appenv.operator.environment;

import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.account.Capacity;
import dev.appenv.operator.account.Quotas;
import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.git.GitRepositories;
import dev.appenv.operator.plan.Infrastructure;
import dev.appenv.operator.registry.Registry;
import dev.appenv.operator.release.transport.Connections;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;

/** Puts the reconciler of environments together. */
public final class Environments implements AutoCloseable {
  /**
   * What it works with.
   *
   * @param threads for what runs beside the passes; one thread a task
   * @param sideBySide for calls
   */
  public record Parts(
      KubernetesClient client,
      String clusterId,
      Infrastructure infrastructure,
      Accounts accounts,
      Quotas quotas,
      GitRepositories git,
      Registry registry,
      Connections connections,
      Intervals intervals,
      String edgeImage,
      Board board,
      Heartbeat heartbeat,
      ExecutorService threads,
      SideBySide sideBySide,
      InstantSource clock) {}

  private final Background<Sources.Reading> readings;
  private final Images images;
  private final Background<Machines.Look> looks;
  private final Background<Rollouts.Ended> rollouts;
  private final Capacity capacity;
  private final EnvironmentReconciler reconciler;

  public Environments(Parts parts) {
    // The background wakes the reconciler, which in turn needs what reads from the background.
    var late = new AtomicReference<EnvironmentReconciler>();
    this.readings = background(parts, late);
    this.looks = background(parts, late);
    this.rollouts = background(parts, late);
    var secrets = new Secrets(SecretStore.of(parts.client()));
    this.images =
        new Images(
            parts.registry(), secrets, parts.threads(), parts.clock(), uid -> late.get().wake(uid));
    var machines = new Machines(parts.connections(), looks);
    var releases =
        new Releases(
            new Sources(parts.git(), secrets, parts.infrastructure()::variables, readings),
            images,
            machines,
            new Rollouts(secrets, machines, rollouts),
            parts.intervals(),
            parts.edgeImage());
    var executor = new Executor(parts.infrastructure(), parts.sideBySide(), parts.clock());
    var departures =
        new Departures(
            parts.infrastructure(), Tombstones.in(parts.client()), () -> late.get().restored());
    this.capacity = new Capacity(parts.quotas(), () -> late.get().environments(), parts.clock());
    var admissions = new Admissions(capacity);
    var engine = new Engine(parts.infrastructure(), executor, parts.clock());
    this.reconciler =
        new EnvironmentReconciler(
            parts.client(),
            parts.clusterId(),
            new Pipeline(
                engine,
                parts.accounts(),
                secrets,
                releases,
                departures,
                admissions,
                parts.intervals()),
            new Deletion(engine, parts.accounts(), secrets, departures, parts.intervals()),
            releases,
            admissions,
            parts.board(),
            parts.heartbeat());
    late.set(reconciler);
  }

  private static <T> Background<T> background(
      Parts parts, AtomicReference<EnvironmentReconciler> late) {
    return new Background<>(parts.threads(), parts.clock(), uid -> late.get().wake(uid));
  }

  public EnvironmentReconciler reconciler() {
    return reconciler;
  }

  /** The room for environments, by account and region. */
  public Capacity capacity() {
    return capacity;
  }

  @Override
  public void close() {
    readings.close();
    images.close();
    looks.close();
    rollouts.close();
  }
}
