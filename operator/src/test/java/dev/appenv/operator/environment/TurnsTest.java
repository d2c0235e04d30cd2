package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.Budget;
import org.junit.jupiter.api.Test;

/** What AWS does not list is read for each environment by itself, when its turn comes. */
class TurnsTest {
  private static final int TEN_MINUTES = 120;

  @Test
  void while_there_is_no_room_to_read_again_what_was_read_last_counts() {
    var stage = Stage.withBucket();
    stage.world.roomFor(_ -> false);
    var writes = stage.cluster.writes();
    stage.world.wire().forgetCounts();
    stage.passes(TEN_MINUTES);
    assertThat(stage.world.wire().counts()).doesNotContainKeys("GetBucketTagging", "GetRole");
    assertThat(stage.isAsDesired()).isTrue();
    assertThat(stage.cluster.writes()).isEqualTo(writes);
  }

  @Test
  void what_was_never_read_is_unknown_until_its_turn_comes() {
    var stage = Stage.withBucket();
    stage.restart();
    stage.world.wire().forgetCounts();
    stage.world.roomFor(budget -> budget != Budget.S3);
    stage.passes(3);
    assertThat(stage.condition("InfrastructureReady").status()).isEqualTo("Unknown");
    assertThat(stage.condition("InfrastructureReady").message())
        .contains("bucket: not read yet", "APPENV_AWS_SHARE");
    assertThat(stage.world.wire().changes()).isEmpty();
    stage.world.roomFor(_ -> true);
    stage.untilAsDesired();
  }

  @Test
  void a_bucket_and_a_role_are_read_once_in_two_minutes() {
    var stage = Stage.withBucket();
    stage.passes(2);
    stage.world.wire().forgetCounts();
    stage.passes(TEN_MINUTES);
    assertThat(stage.world.wire().counts())
        .containsEntry("GetBucketTagging", 5)
        .containsEntry("GetRole", 5)
        .containsEntry("GetInstanceProfile", 5);
  }
}
