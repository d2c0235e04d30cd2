package dev.appenv.operator.release;

import static dev.appenv.operator.release.FakeRollouts.A;
import static dev.appenv.operator.release.FakeRollouts.B;
import static dev.appenv.operator.release.FakeRollouts.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.release.RolloutResult.Done;
import dev.appenv.operator.release.RolloutResult.Failed;
import dev.appenv.operator.release.RolloutResult.Reason;
import dev.appenv.operator.release.RolloutResult.RolloutStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollout that fails says why, and leaves what ran before running. */
class RolloutFailureTest {
  @TempDir Path folder;
  private FakeHost host;
  private FakeRollouts rollouts;

  @BeforeEach
  void start() throws IOException {
    host = new FakeHost(folder);
    rollouts = new FakeRollouts(host);
  }

  @Test
  void an_image_that_is_missing_leaves_the_old_release_untouched() throws IOException {
    DesiredRelease old = rollouts.desired(A, "web");
    rollouts.rolled(old);
    host.set(
        "pull-error",
        "manifest for registry.test:5000/shop/web:bbbbbbb not found: manifest unknown");
    List<String> before = host.calls();

    Failed failed = rollouts.failed(rollouts.desired(B, "web"));

    assertThat(failed.step()).isEqualTo(RolloutStep.PULL);
    assertThat(failed.reason()).isEqualTo(Reason.IMAGE_MISSING);
    assertThat(failed.message()).contains("push it").contains("shop/web:bbbbbbb");
    assertThat(failed.oldReleaseKept()).isTrue();
    assertThat(host.calls().subList(before.size(), host.calls().size()))
        .noneMatch(
            call -> call.contains(" up ") || call.startsWith("rm") || call.startsWith("stop"));
    assertThat(ReleaseComparison.compare(old, host.observe()).rolloutNeeded()).isFalse();
    assertThat(host.root.resolve("login")).doesNotExist();
  }

  @Test
  void a_wrong_registry_password_leaves_the_old_release_untouched_and_is_not_quoted()
      throws IOException {
    DesiredRelease old = rollouts.desired(A, "web");
    rollouts.rolled(old);
    host.set(
        "login-error",
        "Error response from daemon: login attempt to https://registry.test:5000/v2/ failed with status: 401 Unauthorized (s3cret-pull)");

    Failed failed = rollouts.failed(rollouts.desired(B, "web"));

    assertThat(failed.step()).isEqualTo(RolloutStep.LOGIN);
    assertThat(failed.reason()).isEqualTo(Reason.REGISTRY_DENIED);
    assertThat(failed.toString()).doesNotContain("s3cret");
    assertThat(ReleaseComparison.compare(old, host.observe()).rolloutNeeded()).isFalse();
    assertThat(host.root.resolve("login")).doesNotExist();
  }

  @Test
  void a_release_that_does_not_get_healthy_gives_way_to_the_old_one_and_shows_its_last_lines()
      throws IOException {
    DesiredRelease old = rollouts.desired(A, "web");
    rollouts.rolled(old);
    host.set("unhealthy-" + B.substring(0, 7), "");
    host.set("logs", "x\n".repeat(30) + "connecting to postgres://app:hunter2@db/app\nno schema\n");

    Failed failed = rollouts.failed(rollouts.desired(B, "web", "extra"));

    assertThat(failed.step()).isEqualTo(RolloutStep.START);
    assertThat(failed.reason()).isEqualTo(Reason.UNHEALTHY);
    assertThat(failed.oldReleaseKept()).isTrue();
    assertThat(failed.message()).contains("serves on");
    assertThat(failed.lastLines())
        .hasSize(20)
        .endsWith("connecting to postgres://***@db/app", "no schema");
    RunningState state = host.observe();
    assertThat(state.currentRelease()).isEqualTo(old.id());
    assertThat(names(state)).hasSize(1);
    assertThat(ReleaseComparison.compare(old, state).rolloutNeeded()).isFalse();
  }

  @Test
  void a_first_release_that_fails_has_nothing_to_come_back() throws IOException {
    host.set("unhealthy-" + A.substring(0, 7), "");

    Failed failed = rollouts.failed(rollouts.desired(A, "web"));

    assertThat(failed.oldReleaseKept()).isFalse();
    assertThat(failed.message()).doesNotContain("serves on");
  }

  @Test
  void a_file_that_compose_refuses_is_told_before_anything_is_pulled() throws IOException {
    var release = rollouts.desired(A, "web");
    var files = new TreeMap<>(release.files());
    files.put("docker-compose.yml", "INVALID");

    Failed failed =
        rollouts.failed(
            new DesiredRelease(
                release.project(),
                release.id(),
                release.identity(),
                release.compose(),
                release.routed(),
                files,
                Set.of(),
                release.digests(),
                release.formerOverrides()));

    assertThat(failed.reason()).isEqualTo(Reason.COMPOSE_INVALID);
    assertThat(failed.message()).contains("must be a list");
  }

  @Test
  void docker_that_is_down_is_told() throws IOException {
    DesiredRelease release = rollouts.desired(A, "web");
    rollouts.rolled(release);
    host.set("down", "");

    assertThat(rollouts.failed(release).reason()).isEqualTo(Reason.DOCKER_DOWN);
    RunningState state = host.observe();
    assertThat(state.docker().usable()).isFalse();
    assertThat(state.ready()).isFalse();
    assertThat(ReleaseComparison.compare(release, state).drift())
        .containsExactly(
            new Drift("release", "docker", "running", "not answering", DriftClass.RELEASE));
  }

  @Test
  void a_full_disk_is_told() throws IOException {
    host.set("pull-error", "failed to register layer: write /x: no space left on device");

    assertThat(rollouts.failed(rollouts.desired(A, "web")).reason()).isEqualTo(Reason.DISK_FULL);
  }

  @Test
  void a_release_cut_off_anywhere_is_finished_by_the_next_run() throws IOException {
    for (String step :
        List.of(
            "'prepare'",
            "docker-compose.override.yml",
            "login ",
            "'pull'",
            "'start'",
            "'switch'",
            "'clean'")) {
      DesiredRelease release = rollouts.desired(A, "web");
      host.shell.lostBefore = command -> command.contains(step);
      RolloutResult first = rollouts.roll(release);
      assertThat(first).as(step).isInstanceOf(step.equals("'clean'") ? Done.class : Failed.class);
      host.shell.lostBefore = command -> false;
      assertThat(ReleaseComparison.compare(release, rollouts.rolled(release)).rolloutNeeded())
          .as(step)
          .isFalse();
    }
  }

  @Test
  void a_rollout_without_time_left_says_so() {
    var options = new RolloutOptions(Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO, 3, true);

    assertThat(rollouts.roll(rollouts.desired(A, "web"), options))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT));
  }
}
