package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.Outcome.Cause;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of the room that quotas leave. */
class RoomTest {
  private static final Quota VPCS = new Quota("vpc", "L-F678F1CE", "VPCs", 5);
  private static final Quota VCPUS = new Quota("ec2", "L-1216C47A", "vCPUs", 5);
  private static final Demand EACH = new Demand(Map.of(VPCS, 1L, VCPUS, 4L));

  private static Resolution<Long> read(long value) {
    return new Resolution.Found<>(value);
  }

  private static Resolution<Long> failed(Cause cause) {
    return new Resolution.Failed<>(cause, "why");
  }

  @Test
  void the_quota_that_allows_least_limits_the_rest() {
    var levels = Map.of(VPCS, new Level(1, 5, false), VCPUS, new Level(20, 32, false));
    assertThat(Room.of(EACH, Demand.NONE, levels)).contains(new Room(3, VCPUS));
  }

  @Test
  void what_is_still_to_be_made_is_not_there() {
    var levels = Map.of(VPCS, new Level(1, 5, false), VCPUS, new Level(0, 100, false));
    assertThat(Room.of(EACH, EACH, levels)).contains(new Room(3, VPCS));
  }

  @Test
  void more_in_use_than_allowed_leaves_no_room() {
    assertThat(Room.of(EACH, Demand.NONE, Map.of(VPCS, new Level(9, 5, false))))
        .contains(new Room(0, VPCS));
  }

  @Test
  void where_no_quota_is_known_the_room_is_not_known() {
    assertThat(Room.of(EACH, Demand.NONE, Map.of())).isEmpty();
    assertThat(
            Room.of(
                new Demand(Map.of(VPCS, 0L)), Demand.NONE, Map.of(VPCS, new Level(0, 5, false))))
        .isEmpty();
  }

  @Test
  void both_sides_must_be_known() {
    assertThat(Level.of(VPCS, read(10), read(3))).contains(new Level(3, 10, false));
    for (var cause : Cause.values())
      assertThat(Level.of(VPCS, read(10), failed(cause))).as(cause.name()).isEmpty();
  }

  @Test
  void a_limit_that_is_denied_or_missing_is_what_aws_documents() {
    assertThat(Level.of(VPCS, failed(Cause.DENIED), read(3))).contains(new Level(3, 5, true));
    assertThat(Level.of(VPCS, failed(Cause.REFUSED), read(5))).contains(new Level(5, 5, true));
  }

  @Test
  void a_limit_that_was_raised_for_certain_is_not_what_aws_documents() {
    assertThat(Level.of(VPCS, failed(Cause.DENIED), read(6))).isEmpty();
  }

  @Test
  void a_limit_that_may_be_read_later_is_not_known() {
    assertThat(Level.of(VPCS, failed(Cause.THROTTLED), read(5))).isEmpty();
    assertThat(Level.of(VPCS, failed(Cause.UNCERTAIN), read(5))).isEmpty();
  }
}
