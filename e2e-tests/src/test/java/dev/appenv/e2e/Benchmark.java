package dev.appenv.e2e;

import static org.awaitility.Awaitility.await;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Call;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Fault;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Measures and prints; says nothing about good or bad, for it depends on the computer. Runs only
 * when asked for: {@code mvn verify -Dit.test=Benchmark -Dtest=none
 * -Dsurefire.failIfNoSpecifiedTests=false}; {@code -Denvironments=10} for fewer than a hundred.
 *
 * <p>A hundred environments: RunInstances is refused for lack of capacity, so that each has its
 * whole network and no machine; then all are suspended, so that they are still, as a hundred
 * environments with nothing to do are.
 */
@ExtendWith(TestBedExtension.class)
class Benchmark {
  private static final int MANY = Integer.getInteger("environments", 100);
  private static final Duration LONG = Duration.ofMinutes(20);
  private static final Duration STILL = Duration.ofSeconds(30);

  /** Of what an environment without a machine has: all of the network, and the key pair. */
  private static final int RESOURCES_WITHOUT_MACHINE = 11;

  private final TestBed bed;
  private final Aws aws;

  Benchmark(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
  }

  @Test
  void figures() {
    var shop = timeToReady();
    still("1 environment");
    start();
    many();
    shop.delete();
  }

  private Environment timeToReady() {
    var mark = aws.mark();
    var began = Instant.now();
    var shop = bed.environment("bench").create();
    until(() -> mark.calls().stream().anyMatch(c -> c.action().equals("RunInstances")));
    until(() -> shop.ids().containsKey("compute.instance"));
    var machine = shop.machine();
    var infrastructureReady = new Moment();
    var cloudInit = new Moment();
    until(() -> {
      var whole =
          infrastructureReady.isPast(shop.condition("InfrastructureReady").status().equals("True"));
      var booted = cloudInit.isPast(aws.booted(machine.id()));
      return whole && booted;
    });
    var infrastructure = infrastructureReady.first();
    var booted = cloudInit.first();
    shop.untilReady();
    var ready = Instant.now();
    var launched =
        mark.calls().stream()
            .filter(c -> c.action().equals("RunInstances"))
            .map(Call::time)
            .findFirst()
            .orElseThrow();
    var boot = Duration.between(launched, booted);
    var pull = timeToPull(shop);
    var all = Duration.between(began, ready);
    print("apply to Ready", seconds(all));
    print("  to InfrastructureReady", seconds(Duration.between(began, infrastructure)));
    print("  machine boot (RunInstances to the end of cloud-init)", seconds(boot));
    print("  image pull on that machine, alone", seconds(pull));
    print(
        "  overhead: whole / (boot + pull); the emulator's resources take no time",
        "%.2f".formatted((double) all.toMillis() / boot.plus(pull).toMillis()));
    return shop;
  }

  /** When something was first seen to be so. */
  private static final class Moment {
    private @Nullable Instant first;

    boolean isPast(boolean now) {
      if (now && first == null) first = Instant.now();
      return first != null;
    }

    Instant first() {
      return Objects.requireNonNull(first);
    }
  }

  /** The same images once more, with nothing else going on. */
  private Duration timeToPull(Environment shop) {
    shop.change("{suspend: true}");
    shop.untilCondition(LONG, "Reconciling", "False", c -> {});
    var machine = shop.machine();
    var images = machine.run("docker ps --format '{{.Image}}' | tr '\\n' ' '");
    machine.run("docker rm -f $(docker ps -aq) && docker rmi -f $(docker images -q)");
    var began = Instant.now();
    machine.run(
        "docker login -u puller -p '%s' %s && for i in %s; do docker pull -q $i & done; wait; docker logout %s"
            .formatted(
                bed.registryPassword(),
                images.replaceAll("/.*", ""),
                images,
                images.replaceAll("/.*", "")));
    var pull = Duration.between(began, Instant.now());
    shop.change("{suspend: null}");
    shop.untilReady();
    return pull;
  }

  private void start() {
    bed.operator().stop();
    var mark = aws.mark();
    var began = Instant.now();
    bed.operator().start();
    var ready = Instant.now();
    until(() -> mark.counts().containsKey("DescribeInstances"));
    var first =
        mark.calls().stream()
            .filter(c -> c.action().equals("DescribeInstances"))
            .map(Call::time)
            .findFirst()
            .orElseThrow();
    print("start of the process to /readyz", seconds(Duration.between(began, ready)));
    print("start of the process to the first look at AWS", seconds(Duration.between(began, first)));
  }

  private void many() {
    // As in an account whose limits AWS has raised fivefold; the emulator has none.
    bed.operator().with("APPENV_AWS_SHARE", "5").restart();
    List<Environment> all;
    var began = Instant.now();
    try (var _ = aws.with(Fault.on("RunInstances").refused("InsufficientInstanceCapacity"))) {
      all =
          IntStream.rangeClosed(1, MANY)
              .mapToObj(n -> bed.environment("many-" + n).create())
              .toList();
      print(MANY + " environments applied after", seconds(Duration.between(began, Instant.now())));
      until(() ->
          all.stream()
              .allMatch(
                  e -> e.get().getStatus() != null && e.ids().size() >= RESOURCES_WITHOUT_MACHINE));
      print("  all networks there after", seconds(Duration.between(began, Instant.now())));
      all.forEach(e -> e.change("{suspend: true}"));
      all.forEach(e -> e.untilCondition(LONG, "Reconciling", "False", c -> {}));
    }
    print("RSS after creating them", bed.operator().residentMiB() + " MiB");
    bed.operator().restart();
    still(MANY + " suspended environments (and 1)");
    all.forEach(Environment::delete);
  }

  private void still(String what) {
    var writes = bed.cluster().writes();
    var mark = aws.mark();
    var end = Instant.now().plus(STILL);
    until(() -> Instant.now().isAfter(end));
    var reads = mark.counts();
    print(what + ": RSS", bed.operator().residentMiB() + " MiB");
    // A list of one page is called once a sweep.
    var sweeps = reads.values().stream().mapToLong(Long::longValue).min().orElse(1);
    print("  AWS reads in " + STILL.toSeconds() + " s", sum(reads) + " " + reads);
    print("  sweeps, and AWS reads a sweep", sweeps + ", " + sum(reads) / sweeps);
    print("  AWS changes", String.valueOf(mark.changes().size()));
    var written = new TreeMap<>(bed.cluster().writes());
    written.replaceAll((request, count) -> count - writes.getOrDefault(request, 0L));
    written.values().removeIf(count -> count == 0);
    print("  API server writes", sum(written) + " " + written);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(LONG).pollInterval(Duration.ofMillis(100)).until(condition);
  }

  private static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1000.0);
  }

  private static void print(String what, String figure) {
    System.out.printf("%-75s %s%n", what, figure);
  }
}
