package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.api.AppEnvironmentSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Deleted while it is made, and changed while it is deleted: data go or stay as the policy says.
 */
@Execution(ExecutionMode.CONCURRENT)
class UntimelyDeletionTest {
  private static final String CREATES = "(Create(?!Tags)|Run|Allocate|Import|Restore).*";

  private enum DeletionPolicy {
    SNAPSHOT,
    DELETE,
    RETAIN;

    AppEnvironmentSpec on(AppEnvironmentSpec spec) {
      return switch (this) {
        case SNAPSHOT -> spec;
        case DELETE -> Specs.discarding(spec);
        case RETAIN -> Specs.retained(spec);
      };
    }
  }

  @TestFactory
  Stream<DynamicTest> deleted_while_it_is_made_data_go_or_stay_as_the_policy_says() {
    return Stream.of(DeletionPolicy.values())
        .flatMap(policy ->
            IntStream.rangeClosed(0, 12)
                .mapToObj(passes ->
                    dynamicTest(
                        "%s after %d passes".formatted(policy, passes),
                        () -> deleted(policy, passes))));
  }

  private static void deleted(DeletionPolicy policy, int passes) {
    var stage = new Stage();
    var neighbours = Neighbours.moveIn(stage);
    stage.nameZone();
    stage.cluster.apply(policy.on(Specs.EVERYTHING));
    stage.passes(passes);
    var made = new HashSet<>(stage.world.wire().changes());
    var ids = stage.region.ids();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changes()).noneMatch(call -> call.matches(CREATES));
    assertThat(stage.owned()).isEmpty();
    neighbours.assertUntouched();
    if (policy == DeletionPolicy.RETAIN) assertThat(stage.region.ids()).containsAll(ids);
    else neighbours.assertAlone();
    var kept = policy == DeletionPolicy.SNAPSHOT;
    assertThat(stage.region.databases().snapshots())
        .as("snapshots of the database")
        .hasSize(kept && made.contains("CreateDBInstance") ? 1 : 0);
    assertThat(stage.region.cacheSnapshots())
        .as("snapshots of the cache")
        .hasSize(kept && made.contains("CreateReplicationGroup") ? 1 : 0);
  }

  private static Stage leaving(UnaryOperator<AppEnvironmentSpec> said) {
    var stage = new Stage();
    stage.nameZone();
    stage.cluster.apply(said.apply(Specs.EVERYTHING));
    stage.untilAsDesired();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    return stage;
  }

  @Test
  void a_change_of_what_is_being_deleted_makes_and_changes_nothing() {
    var stage = leaving(UnaryOperator.identity());
    stage.pass();
    stage.cluster.apply(
        Specs.database(
            Specs.instanceType(Specs.sshFrom(stage.cluster.spec(), "198.51.100.0/24"), "t3.large"),
            "{storageGiB: 50, multiAZ: true}"));
    stage.untilGone();
    assertThat(stage.world.wire().changes())
        .noneMatch(call -> call.matches(CREATES + "|Modify.*|Authorize.*|Put.*|StartInstances"));
    assertThat(stage.owned()).isEmpty();
    assertThat(stage.region.databases().snapshots()).hasSize(1);
  }

  @Test
  void a_noun_that_is_added_to_what_is_being_deleted_is_not_made() {
    var stage = new Stage();
    stage.nameZone();
    stage.untilAsDesired();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.pass();
    stage.cluster.apply(Specs.EVERYTHING);
    stage.untilGone();
    assertThat(stage.world.wire().changes()).noneMatch(call -> call.matches(CREATES));
    assertThat(stage.owned()).isEmpty();
  }

  @Test
  void what_is_to_be_retained_after_all_stays_as_far_as_it_is_there() {
    var stage = leaving(Specs::discarding);
    stage.passes(2);
    stage.cluster.apply(Specs.retained(stage.cluster.spec()));
    var doomed = doomed(stage);
    var left = stage.region.ids();
    stage.world.wire().forgetCounts();
    stage.untilGone();
    assertThat(stage.world.wire().changes())
        .noneMatch(call -> call.matches("(Delete(?!Tags)|Terminate|Release).*"));
    assertThat(left).isNotEmpty();
    assertThat(stage.region.ids()).containsAll(without(left, doomed));
    assertThat(stage.owned()).isEmpty();
  }

  /** What AWS is deleting already. */
  private static Set<String> doomed(Stage stage) {
    var doomed = new HashSet<String>();
    stage
        .rds()
        .describeDBInstances()
        .dbInstances()
        .forEach(i -> {
          if (i.dbInstanceStatus().equals("deleting")) doomed.add(i.dbInstanceIdentifier());
        });
    stage
        .elastiCache()
        .describeReplicationGroups()
        .replicationGroups()
        .forEach(g -> {
          if (g.status().equals("deleting")) doomed.add(g.replicationGroupId());
        });
    stage.ec2().describeInstances().reservations().stream()
        .flatMap(r -> r.instances().stream())
        .filter(i -> i.state().nameAsString().matches("shutting-down|terminated"))
        .forEach(i -> {
          doomed.add(i.instanceId());
          i.blockDeviceMappings().forEach(d -> doomed.add(d.ebs().volumeId()));
        });
    return doomed;
  }

  private static List<String> without(Set<String> ids, Set<String> others) {
    return ids.stream().filter(id -> !others.contains(id)).toList();
  }

  @Test
  void what_is_to_be_discarded_after_all_leaves_no_snapshot_that_was_not_begun() {
    var stage = leaving(Specs::retained);
    stage.cluster.apply(Specs.discarding(stage.cluster.spec()));
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
    assertThat(stage.region.databases().snapshots()).isEmpty();
    assertThat(stage.region.cacheSnapshots()).isEmpty();
  }

  @Test
  void protection_that_is_set_while_it_is_deleted_holds_what_is_left() {
    var stage = leaving(UnaryOperator.identity());
    stage.cluster.apply(Specs.database(stage.cluster.spec(), "{deletionProtection: true}"));
    stage.passes(5);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.condition("Stalled").reason()).isEqualTo("DeletionProtected");
    stage.cluster.apply(Specs.database(stage.cluster.spec(), "{deletionProtection: false}"));
    stage.untilGone();
    assertThat(stage.region.databases().snapshots()).hasSize(1);
  }
}
