package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.Budget;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** AWS allows a few calls a second, and many environments want them. */
class CrowdTest {
  @Test
  void without_room_nothing_is_begun_and_nothing_is_written_again_and_again() {
    var stage = new Stage();
    stage.world.roomFor(_ -> false);
    stage.pass();
    var writes = stage.cluster.writes();
    stage.passes(10);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.cluster.writes()).isEqualTo(writes);
    assertThat(stage.status().operations()).allMatch(o -> o.action().equals("Observe"));
    assertThat(stage.condition("Reconciling").status()).isEqualTo("True");
  }

  @Test
  void with_little_room_all_is_made_one_after_the_other() {
    var stage = new Stage();
    var tokens = new AtomicInteger();
    stage.world.roomFor(_ -> tokens.getAndUpdate(left -> Math.max(0, left - 1)) > 0);
    for (var i = 0; i < 40; i++) {
      var before = stage.world.wire().changes().size();
      tokens.set(1);
      stage.pass();
      assertThat(stage.world.wire().changes().size() - before)
          .as("changing calls of one step")
          .isLessThanOrEqualTo(3);
    }
    assertThat(stage.isAsDesired()).isTrue();
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
  }

  @Test
  void launching_a_machine_waits_for_room_of_its_own() {
    var stage = new Stage();
    stage.world.roomFor(budget -> budget != Budget.RUN_INSTANCES);
    stage.passes(10);
    assertThat(stage.ownedNames()).contains("network.vpc").doesNotContain("compute.instance");
    stage.world.roomFor(_ -> true);
    stage.untilAsDesired();
  }

  @Test
  void deleting_waits_for_room_as_well_and_then_ends() {
    var stage = Stage.created();
    stage.cluster.delete();
    stage.world.roomFor(_ -> false);
    stage.passes(5);
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
    stage.world.roomFor(_ -> true);
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
  }
}
