package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.IamActions;
import dev.appenv.operator.aws.call.PublishedPolicies;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new environment begins when all fits that it needs. */
class QuotaTest {
  private static final String VPCS = "L-F678F1CE";
  private static final String GATEWAYS = "L-A4707A72";
  private static final String VCPUS = "L-1216C47A";

  private final Stage stage = new Stage();

  /** VPCs of others. */
  private List<String> vpcs(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> stage.hand.createVpc(r -> r.cidrBlock("10.99.0.0/16")).vpc().vpcId())
        .toList();
  }

  private void fail(String operation, Supplier<RuntimeException> how) {
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals(operation) && site.isBefore()) throw how.get();
          return CallHook.Answer.AS_IT_IS;
        });
  }

  private void assertWaits() {
    stage.passes(3);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.condition("InfrastructureReady").reason()).isEqualTo("QuotaExceeded");
  }

  @Test
  void one_that_does_not_fit_waits_and_nothing_is_begun() {
    vpcs(5);
    stage.region.quota(VPCS, 5);
    stage.passes(10);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.owned()).isEmpty();
    assertThat(stage.status().resources()).isNull();
    assertThat(stage.status().operations()).isNull();
  }

  @Test
  void what_users_read_says_which_quota_where_and_what_to_do() {
    vpcs(5);
    stage.region.quota(VPCS, 5);
    stage.region.quota(VCPUS, 1);
    stage.passes(2);
    var message =
        "AwsAccount dev has no room in eu-central-1: 0 of 1 vCPUs of running standard instances are"
            + " used, and 2 more needed, 5 of 5 VPCs are used, and 1 more needed. Nothing is created"
            + " yet; number 1 of those that wait there. It begins by itself when all fits: raise the"
            + " quota L-1216C47A of ec2 to 2 and the quota L-F678F1CE of vpc to 6, or remove what is"
            + " not needed";
    for (var type : List.of("Ready", "InfrastructureReady")) {
      assertThat(stage.condition(type).status()).isEqualTo("False");
      assertThat(stage.condition(type).reason()).isEqualTo("QuotaExceeded");
      assertThat(stage.condition(type).message()).isEqualTo(message);
    }
    assertThat(stage.condition("Stalled").status()).isEqualTo("True");
    assertThat(stage.condition("Stalled").reason()).isEqualTo("QuotaExceeded");
    assertThat(stage.condition("Reconciling").status()).isEqualTo("False");
    assertThat(Objects.requireNonNull(stage.status().plan()).changes())
        .contains("create network.vpc");
  }

  @Test
  void it_begins_by_itself_when_room_comes() {
    var others = vpcs(5);
    stage.region.quota(VPCS, 5);
    assertWaits();
    stage.hand.deleteVpc(r -> r.vpcId(others.getFirst()));
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
  }

  @Test
  void it_begins_by_itself_when_the_quota_is_raised() {
    vpcs(5);
    stage.region.quota(VPCS, 5);
    assertWaits();
    stage.region.quota(VPCS, 6);
    stage.untilAsDesired();
  }

  @Test
  void waiting_is_written_once_and_reads_quotas_once_a_minute() {
    vpcs(5);
    stage.region.quota(VPCS, 5);
    stage.passes(2);
    var writes = stage.cluster.writes();
    stage.world.wire().forgetCounts();
    // Twelve ticks are a minute.
    stage.passes(36);
    assertThat(stage.cluster.writes()).isEqualTo(writes);
    assertThat(stage.world.wire().calls("GetServiceQuota")).isEqualTo(4 * 3);
    assertThat(stage.world.wire().calls("DescribeInstanceTypes")).isZero();
  }

  @Test
  void a_still_environment_costs_no_call_for_quotas() {
    stage.untilAsDesired();
    stage.passes(2);
    stage.world.wire().forgetCounts();
    stage.passes(100);
    assertThat(stage.world.wire().counts())
        .hasSize(9)
        .doesNotContainKeys("GetServiceQuota", "DescribeInstanceTypes", "GetAccountSummary");
  }

  @Test
  void what_is_counted_is_what_it_needs() {
    stage.cluster.apply(Specs.cache(Specs.withDatabase(Specs.bucket(Specs.DEDICATED, "{}")), "{}"));
    stage.pass();
    // VPCs, gateways, addresses, vCPUs; instances, storage and snapshots of databases; nodes;
    // buckets. IAM tells its own.
    assertThat(stage.world.wire().calls("GetServiceQuota")).isEqualTo(9);
    assertThat(stage.world.wire().calls("GetAccountSummary")).isEqualTo(1);
    assertThat(stage.world.wire().calls("DescribeInstanceTypes")).isEqualTo(1);
  }

  @Test
  void one_in_a_vpc_of_others_needs_no_vpc() {
    var vpc = vpcs(1).getFirst();
    var gateway = stage.hand.createInternetGateway(r -> {}).internetGateway().internetGatewayId();
    stage.hand.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    stage.region.quota(VPCS, 1);
    stage.region.quota(GATEWAYS, 1);
    stage.cluster.apply(Specs.inVpc(vpc));
    stage.untilAsDesired();
  }

  @Test
  void one_that_has_begun_goes_on() {
    stage.untilAsDesired();
    stage.region.quota(VCPUS, 0);
    stage.hand.terminateInstances(r -> r.instanceIds(stage.id("compute.instance")));
    stage.restart();
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).contains("compute.instance");
  }

  @Test
  void one_that_had_begun_when_the_operator_ended_goes_on() {
    stage.pass();
    assertThat(stage.owned()).isNotEmpty();
    stage.region.quota(VCPUS, 0);
    stage.restart();
    stage.untilAsDesired();
  }

  @Test
  void an_older_one_that_waits_comes_first() {
    stage.cluster.createdAt(stage.world.clock().instant());
    stage.cluster.applyAnother("older", stage.world.clock().instant().minusSeconds(60));
    vpcs(4);
    stage.region.quota(VPCS, 5);
    assertWaits();
    assertThat(stage.condition("Ready").message())
        .contains("4 of 5 VPCs are used, 1 kept for those before, and 1 more needed")
        .contains("number 2 of those that wait there");
    stage.cluster.removeOthers();
    stage.untilAsDesired();
  }

  @Test
  void a_younger_one_that_waits_does_not_matter() {
    stage.cluster.createdAt(stage.world.clock().instant());
    stage.cluster.applyAnother("younger", stage.world.clock().instant().plusSeconds(1));
    vpcs(4);
    stage.region.quota(VPCS, 5);
    stage.untilAsDesired();
  }

  @Test
  void one_that_waits_and_is_deleted_goes_at_once() {
    vpcs(5);
    stage.region.quota(VPCS, 5);
    assertWaits();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void a_limit_that_may_not_be_read_is_what_aws_documents() {
    vpcs(5);
    fail("GetServiceQuota", AwsErrors::denied);
    assertWaits();
    assertThat(stage.condition("Ready").message())
        .contains(
            "5 of 5 VPCs are used (AWS's default; the account's own quota could not be read, allow"
                + " servicequotas:GetServiceQuota), and 1 more needed");
  }

  @Test
  void a_limit_of_which_aws_has_no_value_is_what_it_documents() {
    vpcs(5);
    stage.region.noQuota(VPCS);
    assertWaits();
  }

  @Test
  void what_is_denied_never_holds_back_where_more_is_there_than_aws_documents() {
    vpcs(6);
    fail("GetServiceQuota", AwsErrors::denied);
    stage.untilAsDesired();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetServiceQuota", "DescribeInstanceTypes"})
  void what_cannot_be_read_just_now_holds_nobody_back(String operation) {
    vpcs(5);
    stage.region.noQuota(VPCS);
    stage.region.quota(VCPUS, operation.equals("GetServiceQuota") ? 0 : 100);
    if (operation.equals("DescribeInstanceTypes")) stage.region.quota(VPCS, 100);
    fail(operation, AwsErrors::throttled);
    stage.untilAsDesired();
  }

  @Test
  void usage_that_may_not_be_read_holds_nobody_back() {
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    fail("GetAccountSummary", AwsErrors::denied);
    stage.untilAsDesired();
  }

  @Test
  void without_the_permissions_of_the_preflight_all_works() {
    var preflight = PublishedPolicies.actions(PublishedPolicies.PREFLIGHT);
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.isBefore()
              && preflight.containsAll(IamActions.of(site.service(), site.operation())))
            throw AwsErrors.denied();
          return CallHook.Answer.AS_IT_IS;
        });
    stage.untilAsDesired();
  }

  @Test
  void what_aws_itself_refuses_is_said_as_aws_says_it() {
    vpcs(5);
    stage.region.quota(VPCS, 5);
    fail("GetServiceQuota", AwsErrors::throttled);
    stage.passes(3);
    assertThat(stage.condition("InfrastructureReady").reason()).isEqualTo("QuotaExceeded");
    assertThat(stage.condition("InfrastructureReady").message())
        .isEqualTo(
            "network.vpc: Ec2: The maximum number has been reached. (VpcLimitExceeded); raise the"
                + " quota or remove what is not needed");
  }

  @Test
  void what_is_suspended_asks_for_nothing() {
    stage.cluster.apply(Specs.suspended(Specs.DEDICATED));
    stage.passes(3);
    assertThat(stage.world.wire().calls("GetServiceQuota")).isZero();
  }

  @Test
  void one_that_waits_is_looked_at_again_within_seconds() {
    vpcs(5);
    stage.region.quota(VPCS, 5);
    assertThat(stage.pass()).isEqualTo(Duration.ofSeconds(10));
  }
}
