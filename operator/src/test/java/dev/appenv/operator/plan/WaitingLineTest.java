package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.Admission.Granted;
import dev.appenv.operator.plan.Admission.Queued;
import dev.appenv.operator.plan.Admission.Shortage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may begin when quotas leave little room. */
class WaitingLineTest {
  private static final Quota VPCS = new Quota("vpc", "L-F678F1CE", "VPCs", 5);
  private static final Quota VCPUS = new Quota("ec2", "L-1216C47A", "vCPUs", 5);
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private static Claim claim(String name, int minute, long vpcs, long vcpus) {
    return new Claim(
        "uid-" + name,
        NOON.plusSeconds(60L * minute),
        "shop/" + name,
        new Demand(Map.of(VPCS, vpcs, VCPUS, vcpus)));
  }

  private static Map<Quota, Level> levels(long freeVpcs, long freeVcpus) {
    return Map.of(
        VPCS, new Level(5 - freeVpcs, 5, false), VCPUS, new Level(100 - freeVcpus, 100, false));
  }

  private static Admission admit(
      Claim mine, List<Claim> all, Demand begun, Map<Quota, Level> levels) {
    return new WaitingLine(all).admit(mine, begun, levels);
  }

  private final Claim older = claim("older", 0, 1, 2);
  private final Claim younger = claim("younger", 1, 1, 2);

  @Test
  void what_fits_begins() {
    assertThat(admit(older, List.of(older), Demand.NONE, levels(1, 2))).isEqualTo(new Granted());
  }

  @Test
  void what_does_not_fit_waits_and_says_what_is_short() {
    assertThat(admit(older, List.of(older), Demand.NONE, levels(0, 1)))
        .isEqualTo(
            new Queued(
                List.of(
                    new Shortage(VCPUS, new Level(99, 100, false), 0, 2),
                    new Shortage(VPCS, new Level(5, 5, false), 0, 1)),
                0));
  }

  @Test
  void of_two_that_wait_the_older_gets_the_one_place() {
    var both = List.of(younger, older);
    assertThat(admit(older, both, Demand.NONE, levels(1, 50))).isEqualTo(new Granted());
    assertThat(admit(younger, both, Demand.NONE, levels(1, 50)))
        .isEqualTo(new Queued(List.of(new Shortage(VPCS, new Level(4, 5, false), 1, 1)), 1));
  }

  @Test
  void of_the_same_age_the_first_by_name_is_first() {
    var a = claim("a", 0, 1, 0);
    var b = claim("b", 0, 1, 0);
    assertThat(admit(a, List.of(b, a), Demand.NONE, levels(1, 0))).isInstanceOf(Granted.class);
    assertThat(admit(b, List.of(b, a), Demand.NONE, levels(1, 0))).isInstanceOf(Queued.class);
  }

  @Test
  void a_small_one_does_not_overtake_a_big_older_one() {
    var big = claim("big", 0, 1, 16);
    var small = claim("small", 1, 1, 2);
    var levels = levels(5, 8);
    assertThat(admit(big, List.of(big, small), Demand.NONE, levels)).isInstanceOf(Queued.class);
    assertThat(admit(small, List.of(big, small), Demand.NONE, levels)).isInstanceOf(Queued.class);
  }

  @Test
  void one_that_takes_nothing_of_what_is_short_does_not_wait_for_it() {
    var inSharedVpc = claim("shared", 1, 0, 2);
    assertThat(admit(inSharedVpc, List.of(older, inSharedVpc), Demand.NONE, levels(0, 50)))
        .isInstanceOf(Granted.class);
  }

  @Test
  void who_asks_need_not_be_in_the_line() {
    assertThat(admit(younger, List.of(older), Demand.NONE, levels(1, 50)))
        .isInstanceOf(Queued.class);
    assertThat(admit(older, List.of(younger), Demand.NONE, levels(1, 50)))
        .isInstanceOf(Granted.class);
  }

  @Test
  void what_is_still_to_be_made_for_others_is_not_there() {
    assertThat(admit(older, List.of(older), younger.demand(), levels(1, 50)))
        .isInstanceOf(Queued.class);
    assertThat(admit(older, List.of(older), younger.demand(), levels(2, 50)))
        .isInstanceOf(Granted.class);
  }

  @Test
  void a_quota_that_is_not_known_holds_nobody_back() {
    assertThat(admit(older, List.of(older), Demand.NONE, Map.of())).isInstanceOf(Granted.class);
    assertThat(admit(older, List.of(older), Demand.NONE, Map.of(VCPUS, new Level(100, 100, false))))
        .isInstanceOf(Queued.class);
  }

  @Test
  void more_in_use_than_allowed_is_no_room_and_not_less_than_none() {
    var noVpc = claim("shared", 0, 0, 0);
    var levels = Map.of(VPCS, new Level(7, 5, false), VCPUS, new Level(120, 100, false));
    assertThat(admit(noVpc, List.of(), Demand.NONE, levels)).isInstanceOf(Granted.class);
    assertThat(admit(older, List.of(), Demand.NONE, levels)).isInstanceOf(Queued.class);
  }

  @Test
  void all_fit_or_not() {
    var line = new WaitingLine(List.of(older, younger));
    assertThat(line.allFit(Demand.NONE, levels(2, 4))).isTrue();
    assertThat(line.allFit(Demand.NONE, levels(1, 4))).isFalse();
    assertThat(line.allFit(new Demand(Map.of(VPCS, 1L)), levels(2, 4))).isFalse();
    assertThat(new WaitingLine(List.of()).allFit(Demand.NONE, levels(0, 0))).isTrue();
  }
}
