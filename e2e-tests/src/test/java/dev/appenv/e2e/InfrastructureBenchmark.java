package dev.appenv.e2e;

import static org.awaitility.Awaitility.await;

import dev.appenv.api.AppEnvironment;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How long the whole infrastructure of an environment takes (network, machine, database, cache,
 * bucket, mail), beside the slowest thing that AWS makes for it, and what it costs in calls once it
 * is there. The emulator makes nothing real, so that no machine boots and nothing is released.
 * Prints, and says nothing about good or bad. Runs only when asked for: {@code mvn verify
 * -Dit.test=InfrastructureBenchmark -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false}; {@code
 * -Denvironments=10} for fewer than a hundred, {@code -Dsweeps=12} for shorter counts: what is read
 * by itself is read every twelfth or thirtieth sweep.
 */
@ExtendWith(TestBedExtension.class)
class InfrastructureBenchmark {
  private static final int MANY = Integer.getInteger("environments", 100);
  private static final int AT_ONCE = 30;
  private static final Duration LONG = Duration.ofMinutes(20);
  private static final int SWEEPS = Integer.getInteger("sweeps", 30);
  private static final Duration SWEEP = Duration.ofSeconds(10);
  private static final Map<String, Integer> AS_ON_AWS =
      Map.of("rds", 60, "elasticache", 40, "ec2", 10);
  private static final Map<String, Integer> AT_ONCE_THERE =
      Map.of("rds", 0, "elasticache", 0, "ec2", 0);

  /** Of which services lists are shared by all environments. */
  private static final List<String> SHARED = List.of("ec2", "rds", "elasticache", "tagging");

  private final TestBed bed;
  private final Aws aws;
  private int number;

  InfrastructureBenchmark(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
  }

  /** When environments were first seen to have all that they need. */
  private final class Readiness implements Watcher<AppEnvironment>, AutoCloseable {
    private final Map<String, Instant> ready = new ConcurrentHashMap<>();
    private final Watch watch;

    Readiness() {
      watch = bed.kubernetes().resources(AppEnvironment.class).inAnyNamespace().watch(this);
    }

    @Override
    public void eventReceived(Action action, AppEnvironment it) {
      var status = it.getStatus();
      if (status != null
          && status.conditions() != null
          && status.conditions().stream()
              .anyMatch(c -> c.type().equals("InfrastructureReady") && c.status().equals("True")))
        ready.putIfAbsent(it.getMetadata().getUid(), Instant.now());
    }

    @Override
    public void onClose(@Nullable WatcherException cause) {}

    Instant last(List<Environment> environments) {
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> environments.stream().allMatch(it -> ready.containsKey(it.uid())));
      return environments.stream()
          .map(it -> ready.getOrDefault(it.uid(), Instant.MAX))
          .max(Instant::compareTo)
          .orElseThrow();
    }

    @Override
    public void close() {
      watch.close();
    }
  }

  @Test
  void figures() {
    aws.onlyPictures();
    // As in an account whose limits AWS has raised fivefold; the emulator has none.
    bed.operator().with("APPENV_AWS_SHARE", "5").restart();
    print("apply to InfrastructureReady, first of the process", time(1, AT_ONCE_THERE));
    print("  the second", time(1, AT_ONCE_THERE));
    print("  the third", time(1, AT_ONCE_THERE));
    var slowest = Duration.ofSeconds(AS_ON_AWS.getOrDefault("rds", 0));
    var whole = time(1, AS_ON_AWS);
    print("  where RDS takes 60 s, ElastiCache 40 s and an instance 10 s", whole);
    print(
        "    over the slowest of these",
        "%.3f".formatted((double) whole.toMillis() / slowest.toMillis()));
    print(
        "apply to InfrastructureReady of %d at once".formatted(AT_ONCE),
        time(AT_ONCE, AT_ONCE_THERE));
    for (var many = 1; many <= MANY; many *= 10) still(many);
  }

  private Duration time(int count, Map<String, Integer> durations) {
    aws.durations(durations);
    var writes = sum(bed.cluster().writes());
    var prepared = prepare(count);
    try (var readiness = new Readiness()) {
      var began = Instant.now();
      var environments = prepared.stream().map(Supplier::get).toList();
      var time = Duration.between(began, readiness.last(environments));
      print(
          "    API writes for each until then",
          String.valueOf((sum(bed.cluster().writes()) - writes) / count));
      delete(environments);
      return time;
    } finally {
      aws.durations(AT_ONCE_THERE);
    }
  }

  private List<Supplier<Environment>> prepare(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ ->
            bed.environment("bench-" + ++number)
                .spec(
                    """
                    {database: {}, cache: {}, bucket: {},
                     email: {from: noreply@bench-%d.example.com},
                     lifecycle: {deletionPolicy: Delete}}
                    """
                        .formatted(number))
                .prepare())
        .toList();
  }

  private void still(int count) {
    var prepared = prepare(count);
    try (var readiness = new Readiness()) {
      var environments = prepared.stream().map(Supplier::get).toList();
      readiness.last(environments);
      // Else the operator goes on trying to reach machines that are not there.
      environments.forEach(it -> it.change("{suspend: true}"));
      environments.forEach(it -> it.untilCondition(LONG, "Reconciling", "False", c -> {}));
      var mark = aws.mark();
      var end = Instant.now().plus(SWEEP.multipliedBy(SWEEPS));
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> Instant.now().isAfter(end));
      print("%d still environments, RSS".formatted(count), bed.operator().residentMiB() + " MiB");
      print("  AWS changes", String.valueOf(mark.changes().size()));
      var reads = new TreeMap<String, Long>();
      mark.calls()
          .forEach(call ->
              reads.merge(
                  call.service() + " " + call.action().replaceAll("/[^?]*", "/"), 1L, Long::sum));
      print("  AWS reads for each, a sweep", perSweep(sum(reads), count));
      print(
          "  of these by lists that all share",
          perSweep(
              reads.entrySet().stream()
                  .filter(e -> SHARED.contains(e.getKey().replaceAll(" .*", "")))
                  .mapToLong(Map.Entry::getValue)
                  .sum(),
              count));
      reads.forEach((call, calls) -> print("    " + call, perSweep(calls, count)));
      delete(environments);
    }
  }

  private void delete(List<Environment> environments) {
    environments.forEach(Environment::delete);
    environments.forEach(Environment::untilGone);
  }

  private static String perSweep(long calls, int environments) {
    return "%.3f".formatted((double) calls / SWEEPS / environments);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void print(String what, Duration figure) {
    print(what, "%.1f s".formatted(figure.toMillis() / 1000.0));
  }

  private static void print(String what, String figure) {
    System.out.printf("%-75s %s%n", what, figure);
  }
}
