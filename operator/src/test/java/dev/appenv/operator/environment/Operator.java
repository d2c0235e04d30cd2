package dev.appenv.operator.environment;

import dev.appenv.operator.account.Capacity;
import dev.appenv.operator.aws.AwsInfrastructure;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.git.GitRepositories;
import dev.appenv.operator.git.GitSettings;
import dev.appenv.operator.registry.Lookup;
import dev.appenv.operator.release.transport.SshConnections;
import dev.appenv.operator.release.transport.SshTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * One life of the operator's process, put together as in production, save that calls run one after
 * another on the test's thread and that nothing in the background ever begins.
 */
final class Operator {
  static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);
  static final Duration CONSISTENCY = Duration.ofSeconds(15);

  static final String SMTP_HOST = "email-smtp.REGION.amazonaws.com";

  static final SideBySide ONE_BY_ONE = new SideBySide(Runnable::run);

  /** Never used, and dear to make. */
  private static final SshConnections CONNECTIONS = new SshConnections(SshTimeouts.STANDARD);

  private final Cluster cluster;
  private final Pipeline pipeline;
  private final Deletion deletion;
  private final Admissions admissions;
  private Known known;

  Operator(World world, Cluster cluster) {
    this(world, cluster, infrastructure(world));
  }

  /** One of many environments that share their readings. */
  Operator(World world, Cluster cluster, AwsInfrastructure infrastructure) {
    this.cluster = cluster;
    var executor = new Executor(infrastructure, ONE_BY_ONE, world.clock());
    var secrets = new Secrets(cluster.secrets());
    var departures =
        new Departures(infrastructure, new Tombstones(cluster::tombstone), cluster::restored);
    this.admissions =
        new Admissions(new Capacity(infrastructure.quotas(), cluster::all, world.clock()));
    var engine = new Engine(infrastructure, executor, world.clock());
    this.pipeline =
        new Pipeline(
            engine,
            cluster.accounts(),
            secrets,
            releases(world, secrets),
            departures,
            admissions,
            Intervals.STANDARD);
    this.deletion =
        new Deletion(engine, cluster.accounts(), secrets, departures, Intervals.STANDARD);
    this.known = meet();
  }

  static AwsInfrastructure infrastructure(World world) {
    return new AwsInfrastructure(
        world,
        Cluster.CLUSTER_ID,
        SWEEP_INTERVAL,
        CONSISTENCY,
        SMTP_HOST,
        ONE_BY_ONE,
        world.clock());
  }

  private Known meet() {
    return new Known(
        cluster.owner(),
        new StatusJournal(cluster.store(), cluster.stored()),
        new Breaker(),
        new JustDone(),
        new AppVariables());
  }

  static Releases releases(World world, Secrets secrets) {
    var threads = new HandedOver(_ -> {});
    var machines = new Machines(CONNECTIONS, new Background<>(threads, world.clock(), uid -> {}));
    return new Releases(
        new Sources(
            new GitRepositories(GitSettings.in(Path.of("target", "no-git"))),
            secrets,
            spec -> Set.of(),
            new Background<>(threads, world.clock(), uid -> {})),
        new Images(
            (image, login) -> new Lookup.Missing(image),
            secrets,
            threads,
            world.clock(),
            uid -> {}),
        machines,
        new Rollouts(secrets, machines, new Background<>(threads, world.clock(), uid -> {})),
        Intervals.STANDARD,
        "traefik:v3");
  }

  /**
   * One pass.
   *
   * @return until the next pass
   */
  Duration pass() {
    if (cluster.isGone()) return Duration.ZERO;
    try {
      if (!cluster.isDeleting()) return pipeline.pass(cluster.read(), known);
      if (deletion.pass(cluster.read(), known).isEmpty()) cluster.removeFinalizer();
    } catch (OtherWriterException e) {
      known = meet();
    }
    return Duration.ZERO;
  }
}
