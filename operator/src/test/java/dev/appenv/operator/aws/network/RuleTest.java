package dev.appenv.operator.aws.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;

class RuleTest {
  private static IpPermission permission(
      String protocol, @Nullable Integer from, @Nullable Integer to) {
    return IpPermission.builder()
        .ipProtocol(protocol)
        .fromPort(from)
        .toPort(to)
        .ipRanges(r -> r.cidrIp("0.0.0.0/0"))
        .build();
  }

  private static Set<String> ingress(IpPermission... permissions) {
    return Rule.texts(List.of(permissions), Rule.Direction.INGRESS);
  }

  @Test
  void each_peer_of_a_permission_is_a_rule_of_its_own() {
    var permission =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(5432)
            .toPort(5432)
            .ipRanges(r -> r.cidrIp("10.0.0.0/8"), r -> r.cidrIp("192.0.2.0/24"))
            .ipv6Ranges(r -> r.cidrIpv6("2001:db8::/32"))
            .userIdGroupPairs(p -> p.groupId("sg-1"))
            .prefixListIds(p -> p.prefixListId("pl-1"))
            .build();
    assertThat(ingress(permission))
        .containsExactlyInAnyOrder(
            "tcp/5432 from 10.0.0.0/8",
            "tcp/5432 from 192.0.2.0/24",
            "tcp/5432 from 2001:db8::/32",
            "tcp/5432 from sg-1",
            "tcp/5432 from pl-1");
  }

  @Test
  void a_protocol_by_number_is_the_same_as_by_name() {
    assertThat(ingress(permission("6", 22, 22))).isEqualTo(ingress(permission("tcp", 22, 22)));
    assertThat(ingress(permission("17", 53, 53))).isEqualTo(ingress(permission("udp", 53, 53)));
    assertThat(ingress(permission("1", 8, 0))).isEqualTo(ingress(permission("icmp", 8, 0)));
  }

  @Test
  void all_protocols_have_no_ports_whatever_aws_shows() {
    assertThat(ingress(permission("-1", null, null))).containsExactly("all from 0.0.0.0/0");
    assertThat(ingress(permission("-1", -1, -1))).containsExactly("all from 0.0.0.0/0");
    assertThat(ingress(permission("-1", 0, 65535))).containsExactly("all from 0.0.0.0/0");
  }

  @Test
  void a_description_makes_no_difference() {
    var described =
        permission("tcp", 22, 22).toBuilder()
            .ipRanges(r -> r.cidrIp("0.0.0.0/0").description("by hand"))
            .build();
    assertThat(ingress(described)).isEqualTo(ingress(permission("tcp", 22, 22)));
  }

  @Test
  void the_direction_is_in_the_text() {
    assertThat(Rule.everything("0.0.0.0/0").text(Rule.Direction.EGRESS))
        .isEqualTo("all to 0.0.0.0/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp/22 from 0.0.0.0/0",
        "tcp/1000-2000 from 10.0.0.0/8",
        "udp/53 to 192.0.2.1/32",
        "all to 0.0.0.0/0",
        "all from sg-0123",
        "tcp/5432 from pl-0123",
        "tcp/443 from 2001:db8::/32",
        "icmp/-1 from 0.0.0.0/0",
        "icmp/8-0 from 0.0.0.0/0",
        "icmp/3--1 from 0.0.0.0/0",
        "47 from 10.0.0.0/8",
      })
  void a_rule_read_from_its_text_is_what_aws_gives_that_text_for(String text) {
    var direction = text.contains(" to ") ? Rule.Direction.EGRESS : Rule.Direction.INGRESS;
    assertThat(Rule.texts(List.of(Rule.parse(text).permission()), direction)).containsExactly(text);
  }

  @Test
  void what_is_no_rule_is_refused() {
    assertThatThrownBy(() -> Rule.parse("everything goes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a rule: everything goes");
  }
}
