package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.aws.memory.TestClock;
import dev.appenv.operator.git.GitRepositories;
import dev.appenv.operator.git.GitSettings;
import dev.appenv.operator.git.LocalGitServer;
import dev.appenv.operator.git.SampleRepository;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.release.FakeHost;
import dev.appenv.operator.release.transport.Connection;
import dev.appenv.operator.release.transport.Connections;
import dev.appenv.operator.release.transport.SshTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One environment's release, from a real Git server on loopback to a machine whose scripts really
 * run; the registry and the time are the test's.
 */
final class ReleaseStage implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(10);
  private static final SshTarget MACHINE =
      SshTarget.ubuntu(Cluster.UID, "192.0.2.1", "host key", "client key");

  /** The machine is looked at more seldom, for that takes real time. */
  private static final Intervals INTERVALS =
      new Intervals(
          Intervals.STANDARD.made(),
          Intervals.STANDARD.moving(),
          Intervals.STANDARD.crowded(),
          Duration.ofMinutes(1),
          Intervals.STANDARD.blocked());

  final TestClock clock = new TestClock();
  final MemoryRegistry registry = new MemoryRegistry();
  final FakeHost host;
  private final Cluster cluster = new Cluster();
  private final SampleRepository repository = new SampleRepository();
  private final LocalGitServer server;
  private final GitRepositories git;
  private final Queue<Runnable> work = new ArrayDeque<>();
  private final HandedOver threads = new HandedOver(work::add);
  private Releases releases;
  private Report report = Report.of(null);
  private boolean woken;
  private final List<ReleaseView> views = new ArrayList<>();
  ReleaseView view = ReleaseView.waiting("Nothing", "Nothing yet", null);

  ReleaseStage(Path folder) throws IOException {
    host = new FakeHost(folder.resolve("machine"));
    server = new LocalGitServer(repository.repository, null);
    git = new GitRepositories(GitSettings.in(folder.resolve("git")));
    cluster.apply(
        Specs.patched(Specs.DEDICATED, "{source: {repository: '%s'}}".formatted(server.url())));
    releases = begin();
  }

  private Releases begin() {
    var secrets = new Secrets(cluster.secrets());
    var connections =
        new Connections() {
          @Override
          public Connection connect(SshTarget target) {
            return new Connection.Connected(host.standard());
          }

          @Override
          public void forget(String machine) {}
        };
    var machines = new Machines(connections, background());
    return new Releases(
        new Sources(git, secrets, _ -> Set.of(), background()),
        new Images(registry, secrets, threads, clock, _ -> woken = true),
        machines,
        new Rollouts(secrets, machines, background()),
        INTERVALS,
        "traefik:v3");
  }

  private <T> Background<T> background() {
    return new Background<>(threads, clock, _ -> woken = true);
  }

  /** Another process takes over: of what this one knew only the report is left. */
  void restart() {
    releases = begin();
  }

  void apply(String patch) {
    cluster.apply(Specs.patched(cluster.spec(), patch));
  }

  void secret(String name, Map<String, String> data) {
    cluster.secrets().put("shop", name, data);
  }

  /** A commit whose only service has this image. */
  String push(String image) throws IOException {
    return repository.commit(
        "main",
        Map.of(
            "docker-compose.yml",
            """
            services:
              web:
                image: %s
              debug:
                image: registry.test/shop/debug:none
                profiles: [debug]
            """
                .formatted(image)));
  }

  /** A pass, and at once those for which it is woken by what it began. */
  void pass() {
    views.clear();
    do {
      woken = false;
      once();
      for (var next = work.poll(); next != null; next = work.poll()) next.run();
    } while (woken);
    clock.advance(TICK);
  }

  private void once() {
    view =
        releases.advance(
            new Releases.Request(
                environment(),
                Cluster.CLUSTER_ID,
                Policies.of(spec().drift()),
                Boolean.TRUE.equals(spec().suspend()),
                Optional.of(MACHINE),
                Optional.empty(),
                Outputs.NONE,
                report,
                clock.instant()));
    report = reported();
    views.add(view);
  }

  private AppEnvironment environment() {
    return cluster.read();
  }

  private AppEnvironmentSpec spec() {
    return cluster.spec();
  }

  private Report reported() {
    var verdicts = new LinkedHashMap<String, Verdict>();
    verdicts.put(Conditions.RELEASED, view.released());
    verdicts.put(Conditions.HEALTHY, view.healthy());
    return new Report(
        environment().getMetadata().getGeneration(),
        null,
        Conditions.merge(List.of(), verdicts, Instant.EPOCH, 1L),
        null,
        view.status(),
        view.awaited().orElse(report.awaitedImages()),
        null,
        DriftStatuses.of(view.drift(), report.drift(), clock.instant()),
        null,
        null,
        List.of(),
        List.of());
  }

  /** Passes for so long. */
  void run(Duration time) {
    var end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) pass();
  }

  /**
   * Passes until it is so.
   *
   * @return how it was then
   */
  ReleaseView until(Duration limit, Predicate<ReleaseView> so) {
    var end = clock.instant().plus(limit);
    while (!clock.instant().isAfter(end)) {
      pass();
      var found = views.stream().filter(so).findFirst();
      if (found.isPresent()) return found.get();
    }
    throw new AssertionError("not so within %s: %s".formatted(limit, view));
  }

  void untilReleased(String commit) {
    untilReleased(commit, Duration.ofMinutes(3));
  }

  void untilReleased(String commit, Duration limit) {
    var _ = until(limit, v -> runs(v, commit));
  }

  private static boolean runs(ReleaseView view, String commit) {
    return view.released().isTrue()
        && view.status() != null
        && view.status().commit().equals(commit)
        && view.drift().isEmpty();
  }

  Report report() {
    return report;
  }

  ReleaseStatus.ServiceStatus web() {
    return Objects.requireNonNull(Objects.requireNonNull(view.status()).services()).getFirst();
  }

  /** How often the machine was told to pull. */
  long pulls() throws IOException {
    return host.calls().stream().filter(call -> call.endsWith("pull -q")).count();
  }

  void assertRuns(String commit) {
    assertThat(Objects.requireNonNull(view.status()).commit()).isEqualTo(commit);
  }

  @Override
  public void close() {
    git.close();
    server.close();
  }
}
