package dev.appenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** With nothing to do, the operator does nothing, and looks at AWS once for all environments. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StillWaterIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** One more for the account's status, which is made anew every few minutes. */
  private static final int SWEEPS = 4 + 1;

  /** What is read for the account alone. */
  private static final Set<String> OF_THE_ACCOUNT =
      Set.of("DescribeRegions", "DescribeInstanceTypes");

  private final TestBed bed;
  private final Environment shop;
  private List<Environment> others = List.of();
  private Map<String, Long> readsOfOne = Map.of();

  StillWaterIT(TestBed bed) {
    this.bed = bed;
    this.shop = bed.environment("still").create();
  }

  @BeforeAll
  void live() {
    bed.untilDeletionsEnd();
    shop.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
    others.forEach(Environment::delete);
  }

  @Test
  @Order(1)
  void one_environment_with_nothing_to_do_is_left_alone() {
    readsOfOne = nothingIsDoneTo(List.of(shop));
  }

  @Test
  @Order(2)
  void four_environments_with_nothing_to_do_cost_no_more_reads_than_one() {
    others =
        IntStream.rangeClosed(1, 3).mapToObj(n -> bed.environment("still-" + n).create()).toList();
    others.forEach(Environment::untilReady);
    var all = new ArrayList<>(others);
    all.add(shop);
    var reads = nothingIsDoneTo(all);
    assertThat(eachSweep(reads)).isEqualTo(eachSweep(readsOfOne));
    reads.forEach((action, count) ->
        assertThat(count).as(action).isLessThanOrEqualTo(readsOfOne.getOrDefault(action, 0L) + 2));
  }

  @Test
  @Order(3)
  void a_new_process_finds_nothing_to_do_either() {
    var environments = new ArrayList<>(others);
    environments.add(shop);
    bed.operator().restart();
    nothingIsDoneTo(environments);
  }

  /**
   * @return how often each operation of AWS was called
   */
  private Map<String, Long> nothingIsDoneTo(List<Environment> environments) {
    var before = versions(environments);
    var writes = writes();
    var mark = bed.aws().mark();
    var end = Instant.now().plus(LONG);
    await()
        .atMost(LONG.multipliedBy(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> Instant.now().isAfter(end));
    assertThat(mark.changes()).as("what was changed in AWS").isEmpty();
    assertThat(writes()).as("what was written to the API server").isEqualTo(writes);
    assertThat(versions(environments)).isEqualTo(before);
    var reads = mark.counts();
    reads.keySet().removeAll(OF_THE_ACCOUNT);
    System.out.printf(
        "%d environments, %s with nothing to do: AWS reads %s%n", environments.size(), LONG, reads);
    assertThat(reads.values())
        .as("each list is read once a sweep: %s", reads)
        .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(SWEEPS));
    return reads;
  }

  /** What is read once a minute falls into half a minute, or does not. */
  private static Set<String> eachSweep(Map<String, Long> reads) {
    var operations = new TreeSet<>(reads.keySet());
    operations.remove("DescribeNetworkInterfaces");
    return operations;
  }

  /** An account's status changes with what there is in it. */
  private Map<String, Long> writes() {
    var writes = bed.cluster().writes();
    writes.keySet().removeIf(what -> what.contains(" awsaccounts/"));
    return writes;
  }

  private static Map<String, String> versions(List<Environment> environments) {
    var versions = new TreeMap<String, String>();
    environments.forEach(e -> versions.put(e.path(), e.get().getMetadata().getResourceVersion()));
    return versions;
  }
}
