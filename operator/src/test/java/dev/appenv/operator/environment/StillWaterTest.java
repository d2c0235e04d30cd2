package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.hand.NetworkHands;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** With nothing to do, nothing is done and nothing is written. */
class StillWaterTest {
  private static void assertStill(Stage stage) {
    // What was on its way when all became as desired may be noted in one more pass.
    stage.pass();
    var writes = stage.cluster.writes();
    var before = stage.region.snapshot();
    stage.world.wire().forgetCounts();
    stage.passes(20);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.cluster.writes() - writes).as("status writes").isZero();
    assertThat(stage.region.snapshot()).isEqualTo(before);
  }

  @Test
  void an_environment_as_desired_is_left_alone() {
    assertStill(Stage.created());
  }

  @Test
  void a_new_process_finds_nothing_to_do_either() {
    var stage = Stage.created();
    stage.restart();
    assertStill(stage);
  }

  @Test
  void watching_costs_one_list_of_each_type_in_a_sweep_interval() {
    var stage = Stage.created();
    stage.passes(4);
    stage.world.wire().forgetCounts();
    // Two ticks are one interval.
    stage.passes(20);
    var counts = new TreeMap<>(stage.world.wire().counts());
    assertThat(counts.remove("DescribeNetworkInterfaces")).isBetween(1, 2);
    assertThat(counts).hasSize(8).values().allMatch(calls -> calls == 10);
  }

  @Test
  void reported_drift_is_written_once() {
    var stage = new Stage();
    stage.cluster.apply(Specs.reportOnly(Specs.DEDICATED));
    stage.untilAsDesired();
    NetworkHands.openPort(stage, "network.machineSecurityGroup", 5432);
    stage.passes(4);
    assertStill(stage);
  }

  @Test
  void an_environment_in_a_vpc_of_others_is_made_there_and_left_alone() {
    var stage = new Stage();
    var vpc = stage.hand.createVpc(r -> r.cidrBlock("10.77.0.0/16")).vpc().vpcId();
    var gateway = stage.hand.createInternetGateway(r -> {}).internetGateway().internetGatewayId();
    stage.hand.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    var neighbours = Neighbours.moveIn(stage);
    stage.cluster.apply(Specs.inVpc(vpc));
    stage.untilAsDesired();
    assertThat(stage.ownedNames())
        .hasSize(11)
        .doesNotContain("network.vpc", "network.internetGateway");
    assertThat(stage.instance().vpcId()).isEqualTo(vpc);
    assertStill(stage);
    neighbours.assertUntouched();

    stage.cluster.delete();
    stage.untilGone();
    neighbours.assertAlone();
  }
}
