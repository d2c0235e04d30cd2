package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.Budget;
import org.junit.jupiter.api.Test;

/** When the operator looks again. */
class PassesTest {
  private static final Intervals INTERVALS = Intervals.STANDARD;

  @Test
  void what_waits_for_something_new_does_not_wait_longer() {
    assertThat(new Stage().pass()).isEqualTo(INTERVALS.made());
  }

  @Test
  void a_change_is_given_time_to_show() {
    var stage = Stage.created();
    stage.cluster.apply(Specs.sshFrom(stage.cluster.spec(), "198.51.100.0/24"));
    assertThat(stage.pass()).isEqualTo(INTERVALS.moving());
  }

  @Test
  void where_there_is_no_room_for_more_calls_the_others_come_first() {
    var stage = new Stage();
    stage.world.roomFor(budget -> budget != Budget.EC2_CHANGE);
    assertThat(stage.pass()).isEqualTo(INTERVALS.crowded());
  }
}
