package dev.appenv.operator.environment;

import dev.appenv.operator.aws.AwsInfrastructure;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.DocumentedLimits;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.plan.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What many still environments cost: calls to AWS, the time these take under AWS's documented
 * limits, and memory. Prints, and says nothing about good or bad. Runs only when asked for: {@code
 * mvn test -pl crds,operator -Dtest=ScaleBenchmark -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtest.heap=12g}; {@code -Denvironments=100} for fewer than ten thousand.
 */
class ScaleBenchmark {
  private static final int MANY = Integer.getInteger("environments", 10_000);

  /** As the operator's setting has it, unless it is told otherwise. */
  private static final double SHARE = 0.5;

  private static final Duration TICK = Operator.SWEEP_INTERVAL.plusMillis(1);
  private static final int STILL_TICKS = 13;
  private static final int ENOUGH = 60;

  /** Which limit a reading call counts against, by its name. */
  private static final Map<String, Budget> BUDGETS =
      Map.of(
          "GetResources",
          Budget.TAGGING,
          "DescribeDB",
          Budget.RDS,
          "DescribeCache",
          Budget.OTHER,
          "DescribeReplicationGroups",
          Budget.OTHER,
          "Describe",
          Budget.EC2_READ,
          "GetBucket",
          Budget.S3,
          "GetPublicAccessBlock",
          Budget.S3);

  private final World world = new World();

  private record Living(Cluster cluster, Operator operator) {
    boolean isReady() {
      var status = cluster.status();
      return status != null
          && status.plan() == null
          && status.operations() == null
          && status.conditions() != null
          && status.conditions().stream()
              .anyMatch(c -> c.type().equals("InfrastructureReady") && c.status().equals("True"));
    }
  }

  @Test
  void figures() {
    var infrastructure = Operator.infrastructure(world);
    var clusters = IntStream.range(0, MANY).mapToObj(ScaleBenchmark::cluster).toList();
    var living = meet(clusters, infrastructure);
    print("environments", MANY);
    print("passes of each until all were ready", untilReady(living));
    print("status writes of each until then", writes(clusters) / MANY);

    living = null;
    infrastructure = null;
    var without = heap();
    infrastructure = Operator.infrastructure(world);
    living = meet(clusters, infrastructure);
    still(living);
    print("heap of the operator for them, MiB", heap() - without);
    print("of them ready", living.stream().filter(Living::isReady).count());
  }

  /** After a start: everything is read once, and again as time goes on. */
  private void still(List<Living> living) {
    var limits = new DocumentedLimits(SHARE, world.clock());
    world.room(limits);
    world.wire().forgetCounts();
    var writes = writes(living.stream().map(Living::cluster).toList());
    var began = Instant.now();
    for (var i = 0; i < STILL_TICKS; i++) pass(living);
    print(
        "milliseconds of one pass over all of them",
        Duration.between(began, Instant.now()).toMillis() / STILL_TICKS);
    var counts = new TreeMap<>(world.wire().counts());
    var calls = counts.values().stream().mapToLong(Integer::longValue).sum();
    print("minutes", TICK.multipliedBy(STILL_TICKS).toMinutes());
    print("changing calls", world.wire().changes().size());
    print("status writes", writes(living.stream().map(Living::cluster).toList()) - writes);
    print("reading calls a sweep and environment", "%.3f".formatted(perSweep(calls) / MANY));
    var byBudget = new TreeMap<Budget, Long>();
    counts.forEach((operation, count) -> {
      print("  " + operation, "%.1f".formatted(perSweep(count)));
      byBudget.merge(budget(operation), (long) count, Long::sum);
    });
    byBudget.forEach((budget, count) ->
        print(
            "  a sweep's calls of %s, and their time under AWS's limits".formatted(budget),
            "%.1f, %.1f s"
                .formatted(
                    perSweep(count),
                    limits.timeOf(budget, Math.round(perSweep(count))).toMillis() / 1000.0)));
  }

  private static double perSweep(long calls) {
    return (double) calls / STILL_TICKS;
  }

  private static Budget budget(String operation) {
    return BUDGETS.keySet().stream()
        .filter(operation::startsWith)
        .max((one, other) -> Integer.compare(one.length(), other.length()))
        .map(BUDGETS::get)
        .orElse(Budget.IAM);
  }

  private static Cluster cluster(int number) {
    var cluster =
        new Cluster(
            new Owner(Cluster.CLUSTER_ID, "uid-%05d".formatted(number), "shop", "env-" + number));
    cluster.apply(Specs.withDatabase(Specs.cache(Specs.bucket(Specs.DEDICATED, "{}"), "{}")));
    return cluster;
  }

  private List<Living> meet(List<Cluster> clusters, AwsInfrastructure infrastructure) {
    return clusters.stream()
        .map(cluster -> new Living(cluster, new Operator(world, cluster, infrastructure)))
        .toList();
  }

  private int untilReady(List<Living> living) {
    for (var passes = 1; passes <= ENOUGH; passes++) {
      pass(living);
      if (living.stream().allMatch(Living::isReady)) return passes;
    }
    throw new AssertionError(
        living.stream()
            .filter(l -> !l.isReady())
            .findFirst()
            .map(l -> String.valueOf(l.cluster().status()))
            .orElseThrow());
  }

  private void pass(List<Living> living) {
    living.forEach(l -> l.operator().pass());
    world.clock().advance(TICK);
  }

  private static long writes(List<Cluster> clusters) {
    return clusters.stream().mapToLong(Cluster::writes).sum();
  }

  /** In MiB, after what is not used any more is gone. */
  private static long heap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private static void print(String what, @Nullable Object figure) {
    System.out.printf("%-75s %s%n", what, figure);
  }
}
