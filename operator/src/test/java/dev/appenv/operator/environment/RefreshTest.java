package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading anew on demand. */
class RefreshTest {
  private static AppEnvironment environment(long generation, Map<String, String> annotations) {
    var environment = new AppEnvironment();
    environment.setMetadata(
        new ObjectMetaBuilder()
            .withName("shop-main")
            .withGeneration(generation)
            .withAnnotations(annotations)
            .build());
    return environment;
  }

  @Test
  void everything_is_read_once_though_the_last_readings_are_fresh() {
    var stage = Stage.created();
    stage.passes(2);
    stage.world.wire().forgetCounts();
    stage.cluster.annotate(Annotations.REFRESH, "now");
    stage.pass();
    assertThat(stage.world.wire().counts()).hasSize(9).values().allMatch(calls -> calls == 1);
    assertThat(stage.status().lastHandledRefresh()).isEqualTo("now");
  }

  @Test
  void a_request_is_handled_once() {
    var stage = Stage.created();
    stage.cluster.annotate(Annotations.REFRESH, "now");
    stage.pass();
    var writes = stage.cluster.writes();
    stage.world.wire().forgetCounts();
    stage.passes(2);
    // Two ticks are one interval.
    assertThat(stage.world.wire().counts()).values().allMatch(calls -> calls == 1);
    assertThat(stage.cluster.writes()).isEqualTo(writes);
  }

  @Test
  void a_request_wakes_the_environment_and_its_own_status_does_not() {
    var triggers = new Triggers();
    var before = environment(1, Map.of());
    assertThat(triggers.accept(environment(1, Map.of(Annotations.REFRESH, "now")), before))
        .isTrue();
    assertThat(triggers.accept(environment(2, Map.of()), before)).isTrue();
    assertThat(triggers.accept(environment(1, Map.of("other", "now")), before)).isFalse();
  }
}
