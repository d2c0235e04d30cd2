package dev.appenv.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Look;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What watching costs in calls, by the number of environments in an account and region. */
class ReadCallsTest {
  private static final String CLUSTER = "cluster-1";
  private static final Duration CONSISTENCY = Duration.ofMinutes(5);

  private final World world = new World();
  private final AwsInfrastructure infrastructure =
      new AwsInfrastructure(
          world,
          CLUSTER,
          Duration.ofSeconds(30),
          CONSISTENCY,
          "smtp.example.com",
          new SideBySide(Runnable::run),
          world.clock());

  private static Scope scope(int number) {
    return new Scope(
        new Owner(CLUSTER, "uid-" + number, "shop", "env-" + number), "dev", "eu-central-1");
  }

  /** At an environment with a network and a machine. */
  private Look look(int number, History history) {
    var sought =
        infrastructure.slots().stream()
            .<LogicalName>map(Slot::name)
            .filter(name -> name.value().matches("(network|compute)\\..*"))
            .collect(Collectors.toSet());
    return new Look(scope(number), history, Set.of(), Instant.MIN, sought, null, Optional.empty());
  }

  private Map<String, Integer> readsOf(int environments) {
    IntStream.range(0, environments).forEach(i -> new Stack(world, scope(i)).make());
    IntStream.range(0, environments)
        .forEach(i -> {
          var facets = infrastructure.observe(look(i, History.NONE)).facets();
          assertThat(facets.values().stream().filter(Facet.Observed.class::isInstance)).hasSize(13);
        });
    return world.wire().counts();
  }

  @Test
  void one_environment_takes_one_list_of_each_type() {
    assertThat(readsOf(1))
        .containsOnly(
            Map.entry("DescribeVpcs", 1),
            Map.entry("DescribeInternetGateways", 1),
            Map.entry("DescribeSubnets", 1),
            Map.entry("DescribeRouteTables", 1),
            Map.entry("DescribeSecurityGroups", 1),
            Map.entry("DescribeKeyPairs", 1),
            Map.entry("DescribeInstances", 1),
            Map.entry("DescribeAddresses", 1),
            Map.entry("DescribeNetworkInterfaces", 1));
  }

  @Test
  void a_hundred_environments_take_more_pages_and_no_more_lists() {
    // A route table listing may ask for a hundred at most, the others for a thousand.
    assertThat(readsOf(100))
        .containsOnly(
            Map.entry("DescribeVpcs", 1),
            Map.entry("DescribeInternetGateways", 1),
            Map.entry("DescribeSubnets", 1),
            Map.entry("DescribeRouteTables", 2),
            Map.entry("DescribeSecurityGroups", 1),
            Map.entry("DescribeKeyPairs", 1),
            Map.entry("DescribeInstances", 1),
            Map.entry("DescribeAddresses", 1),
            Map.entry("DescribeNetworkInterfaces", 1));
  }

  @Test
  void with_small_pages_the_calls_are_the_pages() {
    world.region(scope(0)).pageSize(50);
    assertThat(readsOf(100))
        .containsOnly(
            Map.entry("DescribeVpcs", 2),
            Map.entry("DescribeInternetGateways", 2),
            Map.entry("DescribeSubnets", 8),
            Map.entry("DescribeRouteTables", 4),
            Map.entry("DescribeSecurityGroups", 4),
            Map.entry("DescribeKeyPairs", 1),
            Map.entry("DescribeInstances", 2),
            Map.entry("DescribeAddresses", 1),
            Map.entry("DescribeNetworkInterfaces", 2));
  }

  @Test
  void what_is_known_to_be_there_is_never_asked_for_by_id() {
    readsOf(1);
    var ids =
        infrastructure.observe(look(0, History.NONE)).facets().entrySet().stream()
            .filter(e -> e.getValue() instanceof Facet.Observed)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    e ->
                        new History.Entry(
                            ((Facet.Observed) e.getValue()).live().id(), Map.of(), null)));
    world.wire().forgetCounts();
    infrastructure.observe(look(0, new History(ids)));
    assertThat(world.wire().counts()).isEmpty();
  }
}
