package dev.appenv.operator.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.memory.TestClock;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TouchesTest {
  private static final Owner OWNER = new Owner("cluster-1", "uid-1", "shop", "main");
  private static final Owner NEIGHBOUR = new Owner("cluster-1", "uid-2", "shop", "other");
  private static final LogicalName VPC = LogicalName.of("network.vpc");

  private final TestClock clock = new TestClock();
  private final Touches touches = new Touches(clock);

  @Test
  void a_list_begun_before_or_with_the_touch_does_not_show_it() {
    var before = clock.instant();
    touches.touch(OWNER, VPC);
    assertThat(touches.since(OWNER, VPC, before)).hasValue(before);
  }

  @Test
  void a_list_begun_after_the_touch_ends_it() {
    var before = clock.instant();
    touches.touch(OWNER, VPC);
    clock.advance(Duration.ofMillis(1));
    assertThat(touches.since(OWNER, VPC, clock.instant())).isEmpty();
    assertThat(touches.since(OWNER, VPC, before)).isEmpty();
  }

  @Test
  void what_one_environment_touched_leaves_others_their_lists() {
    touches.touch(OWNER, VPC);
    assertThat(touches.since(NEIGHBOUR, VPC, clock.instant())).isEmpty();
  }
}
