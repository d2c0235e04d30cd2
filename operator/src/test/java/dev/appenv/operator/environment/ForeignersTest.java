package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.DriftStatus;
import dev.appenv.operator.aws.hand.ComputeHands;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What others put into an environment's network is told, and never touched. */
class ForeignersTest {
  /** Interfaces are listed every six sweep intervals. */
  private static final int SOON = 14;

  private static final AppEnvironmentSpec WITH_ALL =
      Specs.cache(Specs.withDatabase(Specs.DEDICATED), "{}");

  private static Stage stage(AppEnvironmentSpec spec) {
    var stage = new Stage();
    stage.cluster.apply(spec);
    stage.untilAsDesired();
    return stage;
  }

  private static void assertOnlyReported(Stage stage, String resource, String element) {
    stage.world.wire().forgetCounts();
    stage.passes(SOON);
    assertThat(stage.drift())
        .extracting(
            DriftStatus::resource, DriftStatus::field, DriftStatus::driftClass, DriftStatus::action)
        .containsExactly(
            tuple(resource, "interfaces[%s]".formatted(element), "security", "Reported"));
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.condition("Drifted").message())
        .isEqualTo(
            "%s interfaces[%s]: wanted absent, is present (security; left to you)"
                .formatted(resource, element));
    assertThat(stage.condition("InfrastructureReady").status()).isEqualTo("True");
  }

  @Test
  void a_machine_in_our_subnet_is_named_with_its_interface() {
    var stage = stage(Specs.DEDICATED);
    var id =
        stage
            .hand
            .runInstances(r ->
                r.imageId("ami-amd64")
                    .instanceType("t3.small")
                    .keyName("appenv-" + Cluster.UID)
                    .subnetId(stage.id("network.publicSubnetB"))
                    .metadataOptions(o -> o.httpTokens("required")))
            .instances()
            .getFirst()
            .instanceId();
    assertOnlyReported(
        stage, "network.publicSubnetB", "eni-%s of %s".formatted(id.substring(2), id));
  }

  @Test
  void what_a_service_of_aws_put_there_for_others_is_named_with_what_it_is() {
    var stage = stage(Specs.DEDICATED);
    var eni =
        stage.region.placeInterface(
            stage.id("network.publicSubnetA"), "ELB app/theirs/50dc6c495c0c9188", List.of());
    assertOnlyReported(stage, "network.publicSubnetA", eni + " (ELB app/theirs/50dc6c495c0c9188)");
  }

  @Test
  void what_is_in_another_subnet_of_our_vpc_is_told_of_the_vpc() {
    var stage = stage(Specs.DEDICATED);
    var vpc = stage.id("network.vpc");
    var subnet =
        stage
            .hand
            .createSubnet(
                r -> r.vpcId(vpc).cidrBlock("10.21.0.0/24").availabilityZone("eu-central-1a"))
            .subnet()
            .subnetId();
    var eni = stage.region.placeInterface(subnet, "", List.of());
    assertOnlyReported(stage, "network.vpc", eni);
  }

  @Test
  void what_is_in_our_group_and_so_may_reach_the_database_is_told_wherever_it_is() {
    var stage = stage(Specs.DEDICATED);
    var vpc = stage.hand.createVpc(r -> r.cidrBlock("10.99.0.0/16")).vpc().vpcId();
    var subnet =
        stage
            .hand
            .createSubnet(
                r -> r.vpcId(vpc).cidrBlock("10.99.0.0/24").availabilityZone("eu-central-1a"))
            .subnet()
            .subnetId();
    var group = stage.id("network.machineSecurityGroup");
    var eni = stage.region.placeInterface(subnet, "", List.of(group));
    assertOnlyReported(stage, "network.machineSecurityGroup", eni);
  }

  @Test
  void a_machine_a_database_and_a_cache_of_the_environment_are_no_foreigners() {
    var stage = stage(WITH_ALL);
    for (var i = 0; i < 4 * SOON; i++) {
      stage.pass();
      assertThat(stage.drift()).isEmpty();
    }
  }

  @Test
  void a_machine_that_was_made_again_is_no_foreigner_nor_is_the_one_before() {
    var stage = stage(Specs.DEDICATED);
    ComputeHands.terminate(stage);
    for (var i = 0; i < 2 * SOON; i++) {
      stage.pass();
      assertThat(stage.drift()).extracting(DriftStatus::field).doesNotContain("interfaces");
      assertThat(stage.drift()).noneMatch(d -> d.field().startsWith("interfaces"));
    }
    assertThat(stage.isAsDesired()).isTrue();
  }

  @Test
  void what_others_have_in_other_networks_is_nobodys_business() {
    var stage = new Stage();
    var neighbours = Neighbours.moveIn(stage);
    stage.untilAsDesired();
    var subnets = stage.hand.describeSubnets(r -> {}).subnets();
    subnets.stream()
        .filter(s -> !s.vpcId().equals(stage.id("network.vpc")))
        .forEach(s -> stage.region.placeInterface(s.subnetId(), "", List.of()));
    stage.passes(SOON);
    assertThat(stage.drift()).isEmpty();
    neighbours.assertUntouched();
  }

  @Test
  void it_can_be_ignored() {
    var stage =
        stage(
            Specs.drift(
                Specs.DEDICATED,
                "{ignore: [{resource: network.publicSubnetA, field: interfaces}]}"));
    stage.region.placeInterface(stage.id("network.publicSubnetA"), "", List.of());
    stage.passes(SOON);
    assertThat(stage.drift()).isEmpty();
  }

  @Test
  void interfaces_that_cannot_be_listed_leave_the_network_unknown_and_untouched() {
    var stage = stage(Specs.DEDICATED);
    stage.world.wire().forgetCounts();
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals("DescribeNetworkInterfaces")) throw AwsErrors.denied();
          return CallHook.Answer.AS_IT_IS;
        });
    stage.passes(SOON);
    assertThat(stage.condition("InfrastructureReady").status()).isEqualTo("Unknown");
    assertThat(stage.condition("InfrastructureReady").message())
        .contains("network interfaces could not be listed: Ec2 denied the call");
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void what_is_in_a_group_of_ours_is_named_where_the_group_cannot_be_deleted() {
    var stage = stage(Specs.DEDICATED);
    var vpc = stage.hand.createVpc(r -> r.cidrBlock("10.99.0.0/16")).vpc().vpcId();
    var subnet =
        stage
            .hand
            .createSubnet(
                r -> r.vpcId(vpc).cidrBlock("10.99.0.0/24").availabilityZone("eu-central-1a"))
            .subnet()
            .subnetId();
    var group = stage.id("network.machineSecurityGroup");
    var eni = stage.region.placeInterface(subnet, "", List.of(group));
    stage.cluster.delete();
    stage.passes(30);
    assertThat(Objects.requireNonNull(stage.status().operations()))
        .anySatisfy(o ->
            assertThat(o.blocked())
                .isEqualTo(
                    "network.machineSecurityGroup: %s is still used by what is not of this environment: %s; delete that"
                        .formatted(group, eni)));
    stage.region.removeInterface(eni);
    stage.untilGone();
  }
}
