package dev.appenv.operator.release;

import static dev.appenv.operator.release.FakeRollouts.A;
import static dev.appenv.operator.release.FakeRollouts.B;
import static dev.appenv.operator.release.FakeRollouts.OPTIONS;
import static dev.appenv.operator.release.FakeRollouts.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.release.RolloutResult.Done;
import dev.appenv.operator.release.RunningState.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts really run, in this machine's shell, against a docker that keeps its state in files.
 */
class RolloutTest {
  @TempDir Path folder;
  private FakeHost host;
  private FakeRollouts rollouts;

  @BeforeEach
  void start() throws IOException {
    host = new FakeHost(folder);
    rollouts = new FakeRollouts(host);
  }

  @Test
  void a_first_release_runs_and_is_read_back_with_its_digests() throws IOException {
    DesiredRelease release = rollouts.desired(A, "web", "api");

    RunningState state = rollouts.rolled(release);

    assertThat(state.currentRelease()).isEqualTo(release.id());
    assertThat(names(state)).containsExactly("app-api-1", "app-web-1");
    assertThat(state.containers().getLast().reference())
        .isEqualTo("registry.test:5000/shop/web:aaaaaaa@sha256:d-web");
    assertThat(ServiceStatus.allHealthy(release, state)).isTrue();
    assertThat(ReleaseComparison.compare(release, state))
        .isEqualTo(new ReleaseComparison(List.of(), false));
  }

  @Test
  void the_password_goes_in_by_stdin_and_is_gone_afterwards() throws IOException {
    rollouts.rolled(rollouts.desired(A, "web"));

    assertThat(host.get("pulled-with")).isEqualTo("s3cret-pull");
    assertThat(String.join("\n", host.calls())).doesNotContain("s3cret").doesNotContain("unused");
    assertThat(String.join("\n", host.shell.commands)).doesNotContain("s3cret");
    assertThat(host.root.resolve("login")).doesNotExist();
    try (Stream<Path> files = Files.walk(host.root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file).content().doesNotContain("s3cret");
      }
    }
  }

  @Test
  void the_files_of_a_release_are_for_root_alone() throws IOException {
    var desired = rollouts.desired(A, "web");
    rollouts.rolled(desired);

    Path release = host.root.resolve("releases").resolve(desired.id());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(release)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(release.resolve("docker-compose.yml"))))
        .isEqualTo("rw-------");
  }

  @Test
  void a_service_that_left_the_file_is_removed_and_what_is_not_ours_is_stopped_and_kept()
      throws IOException {
    rollouts.rolled(rollouts.desired(A, "web", "api"));
    host.foreign("f1", "app-debug-1", "running");
    host.foreign("f2", "old-thing", "exited");
    // Compose made it, but not for us: another project file with the same project name.
    host.container(
        "f3",
        """
        {"id":"f3","name":"/app-tool-1","image":"x:1","imageId":"img-x","state":"running","exitCode":0,"health":null,"labels":{"com.docker.compose.project":"app","com.docker.compose.service":"tool","com.docker.compose.oneoff":"False"}}\
        """);

    RunningState state = rollouts.rolled(rollouts.desired(B, "web"));

    assertThat(names(state))
        .containsExactly(
            "app-web-2", "old-thing", "stopped-app-debug-1-f1", "stopped-app-tool-1-f3");
    assertThat(state.containers()).filteredOn(Container::running).hasSize(1);
    assertThat(host.calls()).contains("update --restart=no f1").doesNotContain("rm -f f1");
  }

  @Test
  void what_the_environment_left_that_had_the_machine_before_is_replaced_or_removed()
      throws IOException {
    var old = rollouts.desired(A, "web", "api");
    rollouts.rolled(old);
    var former = old.identity();

    var state =
        rollouts.rolled(
            rollouts.desired(
                new ReleaseIdentity(
                    former.clusterId(), "u2", Optional.of(former.environmentUid()), B),
                "web"));

    assertThat(names(state)).containsExactly("app-web-2");
    assertThat(state.containers().getFirst().labels())
        .containsEntry(ReleaseIdentity.ENVIRONMENT_UID, "u2");
    assertThat(host.calls()).noneMatch(call -> call.startsWith("stop "));
  }

  @Test
  void where_drift_is_only_reported_foreign_containers_run_on() throws IOException {
    host.foreign("f1", "debug", "running");
    var options =
        new RolloutOptions(OPTIONS.total(), OPTIONS.untilHealthy(), OPTIONS.drain(), 2, false);

    assertThat(rollouts.roll(rollouts.desired(A, "web"), options))
        .isInstanceOfSatisfying(
            Done.class,
            done ->
                assertThat(done.state().containers())
                    .filteredOn(c -> c.name().equals("debug"))
                    .allMatch(Container::running));
  }

  @Test
  void what_was_changed_by_hand_is_seen_and_repaired() throws IOException {
    DesiredRelease release = rollouts.desired(A, "web", "api", "jobs");
    rollouts.rolled(release);
    host.edit("id-web-1", "\"state\":\"running\"", "\"state\":\"exited\"");
    host.edit("id-jobs-1", "config-hash\":\"", "config-hash\":\"other");
    Files.delete(host.docker.resolve("containers").resolve("id-api-1"));
    host.foreign("f1", "debug", "running");
    Path file = host.root.resolve("current").resolve("docker-compose.yml");
    Files.writeString(file, Files.readString(file) + "# mine\n");

    var comparison = ReleaseComparison.compare(release, host.observe());

    assertThat(comparison.newRelease()).isFalse();
    assertThat(comparison.drift())
        .extracting(drift ->
            drift.resource()
                + " "
                + drift.field()
                + " "
                + drift.live().replaceFirst("sha256:.*", "sha"))
        .containsExactlyInAnyOrder(
            "release files[docker-compose.yml] sha",
            "release.web state exited (0)",
            "release.jobs config changed by hand",
            "release.api container absent",
            "release containers[debug] running");
    assertThat(ReleaseComparison.compare(release, rollouts.rolled(release)).rolloutNeeded())
        .isFalse();
    assertThat(names(host.observe())).contains("debug");
  }

  @Test
  void compose_is_asked_nothing_by_a_look_while_all_is_as_it_was_made() throws IOException {
    rollouts.rolled(rollouts.desired(A, "web"));
    var before = host.calls().size();

    host.observe();

    assertThat(host.calls().subList(before, host.calls().size()))
        .isNotEmpty()
        .noneMatch(call -> call.startsWith("compose"));
  }

  @Test
  void a_repair_needs_no_registry_where_the_images_are_there_still() throws IOException {
    DesiredRelease release = rollouts.desired(A, "web");
    rollouts.rolled(release);
    host.edit("id-web-1", "\"state\":\"running\"", "\"state\":\"exited\"");
    host.set("pull-error", "dial tcp: i/o timeout");

    assertThat(ReleaseComparison.compare(release, rollouts.rolled(release)).rolloutNeeded())
        .isFalse();
  }

  @Test
  void only_the_last_releases_are_kept_and_the_images_of_others_go() throws IOException {
    rollouts.rolled(rollouts.desired(A, "web"));
    rollouts.rolled(rollouts.desired(B, "web"));
    RunningState state = rollouts.rolled(rollouts.desired("c".repeat(40), "web"));

    assertThat(state.releases()).extracting(id -> id.charAt(0)).containsExactly('c', 'b');
    assertThat(host.get("pulled").lines().distinct())
        .containsExactly(
            "registry.test:5000/shop/web:bbbbbbb", "registry.test:5000/shop/web:ccccccc");
  }
}
