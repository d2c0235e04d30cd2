package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.Budget;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** When the operator looks again. */
class PassesTest {
  private static final Intervals INTERVALS = Intervals.STANDARD;

  @Test
  void what_waits_for_something_new_does_not_wait_longer() {
    assertThat(new Stage().pass()).isEqualTo(INTERVALS.made());
  }

  @Test
  void what_waits_for_a_change_does_not_wait_longer() {
    var stage = Stage.created();
    stage.cluster.apply(Specs.sshFrom(stage.cluster.spec(), "198.51.100.0/24"));
    assertThat(stage.pass()).isEqualTo(INTERVALS.made());
  }

  @Test
  void a_change_that_aws_does_not_show_yet_is_not_made_again() {
    var added = "198.51.100.0/24";
    var stage = Stage.created();
    stage.cluster.apply(Specs.sshFrom(stage.cluster.spec(), added));
    stage.passAtOnce();
    var group = stage.id("network.machineSecurityGroup");
    stage.ec2().revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(ssh(added)));

    assertThat(stage.passAtOnce()).isEqualTo(INTERVALS.moving());
    assertThat(sources(stage, group)).doesNotContain(added);

    stage.world.clock().advance(INTERVALS.moving());
    stage.pass();
    assertThat(sources(stage, group)).contains(added);
  }

  private static IpPermission ssh(String from) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(22)
        .toPort(22)
        .ipRanges(r -> r.cidrIp(from))
        .build();
  }

  /** From where SSH is open. */
  private static List<String> sources(Stage stage, String group) {
    return stage
        .ec2()
        .describeSecurityGroups(r -> r.groupIds(group))
        .securityGroups()
        .getFirst()
        .ipPermissions()
        .stream()
        .filter(rule -> Objects.equals(rule.fromPort(), 22))
        .flatMap(rule -> rule.ipRanges().stream())
        .map(IpRange::cidrIp)
        .toList();
  }

  @Test
  void where_there_is_no_room_for_more_calls_the_others_come_first() {
    var stage = new Stage();
    stage.world.roomFor(budget -> budget != Budget.EC2_CHANGE);
    assertThat(stage.pass()).isEqualTo(INTERVALS.crowded());
  }
}
