package dev.appenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Fault;
import dev.appenv.e2e.bed.Inventory;
import dev.appenv.e2e.bed.Operator;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator dies at any moment; nothing is made twice, nothing is left. {@code -Dseed=N} replays
 * a run, as far as time lets it.
 */
@ExtendWith(TestBedExtension.class)
class CrashIT {
  private static final int KILLS = Integer.getInteger("kills", 10);
  private static final int ENVIRONMENTS = 3;
  private static final String CHANGES =
      "(Create|Run|Allocate|Associate|Authorize|Modify|Attach|Import|Delete|Terminate|Release|Disassociate|Detach|Revoke).*";

  private final Aws aws;
  private final Operator operator;
  private final TestBed bed;
  private final Random random;

  CrashIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    this.operator = bed.operator();
    var seed = Long.getLong("seed", System.nanoTime());
    System.out.println("crashes: -Dseed=" + seed);
    this.random = new Random(seed);
  }

  @Test
  void nothing_is_made_twice_or_left_behind_whenever_the_operator_dies() {
    var before = aws.inventory();
    var lookalike = aws.foreignVpc(Map.of());
    var others =
        aws.foreignVpc(
            Map.of(
                "appenv.dev/cluster",
                bed.cluster().id(),
                "appenv.dev/environment-uid",
                "00000000-0000-0000-0000-000000000000",
                "appenv.dev/resource",
                "network.vpc"));

    List<Environment> environments;
    // A call is on its way for a while, so that the operator dies before it has the answer, too.
    try (var _ = aws.with(Fault.on(CHANGES).delayed(0.2))) {
      environments =
          IntStream.rangeClosed(1, ENVIRONMENTS)
              .mapToObj(n -> bed.environment("crash-" + n).create())
              .toList();
      var first = environments.getFirst();
      aws.name(lookalike, first.path() + "/network.vpc");
      dies("creating", 6, () -> environments.stream().allMatch(CrashIT::infrastructureIsThere));
    }
    operator.start();
    environments.forEach(Environment::untilReady);
    var foreign = aws.inventory().only(lookalike, others);
    allIsAccountedFor(environments, aws.inventory().without(before).without(foreign));

    try (var _ = aws.with(Fault.on(CHANGES).delayed(0.2))) {
      environments.forEach(Environment::delete);
      dies("deleting", 2, () -> environments.stream().allMatch(e -> e.resource().get() == null));
    }
    operator.start();
    environments.forEach(Environment::untilGone);
    assertThat(aws.inventory().without(before)).isEqualTo(foreign);
    aws.ec2().deleteVpc(r -> r.vpcId(lookalike));
    aws.ec2().deleteVpc(r -> r.vpcId(others));
  }

  /**
   * {@code kill -9} after each 1 to {@code most} changes in AWS.
   *
   * @param over then nothing more will be changed
   */
  private void dies(String when, int most, BooleanSupplier over) {
    var kills = 0;
    while (kills < KILLS && !over.getAsBoolean()) {
      if (!operator.running()) operator.launch();
      var mark = aws.mark();
      var changes = 1 + random.nextInt(most);
      await("the operator to change something")
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> mark.changes().size() >= changes || over.getAsBoolean());
      operator.kill();
      kills++;
    }
    System.out.printf("killed %d times while %s%n", kills, when);
    // All may be done before the last: each life of the operator does something.
    assertThat(kills).as("kills while " + when).isGreaterThanOrEqualTo(KILLS / 2);
  }

  private static boolean infrastructureIsThere(Environment environment) {
    var status = environment.get().getStatus();
    return status != null && environment.ids().containsKey("compute.address");
  }

  private static void allIsAccountedFor(List<Environment> environments, Inventory there) {
    assertThat(there.duplicates()).isEmpty();
    var known = new HashSet<String>();
    environments.forEach(e -> known.addAll(e.ids().values()));
    assertThat(there.ids()).as("nothing is missing").containsAll(known);
    var uids = environments.stream().map(Environment::uid).toList();
    // A root volume comes and goes with its machine, so it is in no status.
    assertThat(there.things())
        .allSatisfy((id, tags) -> {
          assertThat(tags.get("appenv.dev/environment-uid")).as(id).isIn(uids);
          if (!id.startsWith("vol-")) assertThat(known).contains(id);
        });
  }
}
