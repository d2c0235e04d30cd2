package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.release.RolloutResult.Done;
import dev.appenv.operator.release.RolloutResult.Failed;
import dev.appenv.operator.release.RolloutResult.Reason;
import dev.appenv.operator.release.RolloutResult.RolloutStep;
import dev.appenv.operator.release.RunningState.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts really run, in this machine's shell, against a docker that keeps its state in files.
 */
class RolloutTest {
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);
  private static final RegistryCredentials CREDENTIALS =
      new RegistryCredentials(
          List.of(
              new RegistryCredentials.Login("registry.test:5000", "puller", "s3cret-pull"),
              new RegistryCredentials.Login("unused.test", "u", "p")));
  private static final RolloutOptions OPTIONS =
      new RolloutOptions(Duration.ofMinutes(3), Duration.ofSeconds(5), 2, true);

  @TempDir Path folder;
  private FakeHost host;

  @BeforeEach
  void start() throws IOException {
    host = new FakeHost(folder);
  }

  private DesiredRelease desired(String commit, String... services) {
    var yaml = new StringBuilder("services:\n");
    for (String service : services) {
      yaml.append("  ")
          .append(service)
          .append(":\n    image: registry.test:5000/shop/")
          .append(service)
          .append(":")
          .append(commit, 0, 7)
          .append('\n');
    }
    return switch (ComposeFile.parse(yaml.toString())) {
      case ComposeFile.Valid valid ->
          DesiredRelease.of(valid, new ReleaseIdentity("c1", "u1", commit), null, host.observe());
      case ComposeFile.Invalid(String message) -> throw new AssertionError(message);
    };
  }

  private RolloutResult roll(DesiredRelease desired) {
    return new Rollout(host.shell, host.layout).run(desired, CREDENTIALS, OPTIONS);
  }

  private RunningState rolled(DesiredRelease desired) {
    RolloutResult result = roll(desired);
    assertThat(result).isInstanceOf(Done.class);
    return ((Done) result).state();
  }

  private Failed failed(DesiredRelease desired) {
    RolloutResult result = roll(desired);
    assertThat(result).isInstanceOf(Failed.class);
    return (Failed) result;
  }

  private static List<String> names(RunningState state) {
    return state.containers().stream().map(Container::name).toList();
  }

  @Test
  void aFirstReleaseRunsAndIsReadBackWithItsDigests() throws IOException {
    DesiredRelease release = desired(A, "web", "api");

    RunningState state = rolled(release);

    assertThat(state.currentRelease()).isEqualTo(A);
    assertThat(names(state)).containsExactly("app-api-1", "app-web-1");
    assertThat(state.containers().getLast().reference())
        .isEqualTo("registry.test:5000/shop/web:aaaaaaa@sha256:d-web");
    assertThat(ServiceStatus.allHealthy(release, state)).isTrue();
    assertThat(ReleaseComparison.compare(release, state))
        .isEqualTo(new ReleaseComparison(List.of(), false, List.of()));
  }

  @Test
  void thePasswordGoesInByStdinAndIsGoneAfterwards() throws IOException {
    rolled(desired(A, "web"));

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
  void theFilesOfAReleaseAreForRootAlone() throws IOException {
    rolled(desired(A, "web"));

    Path release = host.root.resolve("releases").resolve(A);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(release)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(release.resolve("docker-compose.yml"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anImageThatIsMissingLeavesTheOldReleaseUntouched() throws IOException {
    DesiredRelease old = desired(A, "web");
    rolled(old);
    host.set(
        "pull-error",
        "manifest for registry.test:5000/shop/web:bbbbbbb not found: manifest unknown");
    List<String> before = host.calls();

    Failed failed = failed(desired(B, "web"));

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
  void aWrongRegistryPasswordLeavesTheOldReleaseUntouchedAndIsNotQuoted() throws IOException {
    DesiredRelease old = desired(A, "web");
    rolled(old);
    host.set(
        "login-error",
        "Error response from daemon: login attempt to https://registry.test:5000/v2/ failed with status: 401 Unauthorized (s3cret-pull)");

    Failed failed = failed(desired(B, "web"));

    assertThat(failed.step()).isEqualTo(RolloutStep.LOGIN);
    assertThat(failed.reason()).isEqualTo(Reason.REGISTRY_DENIED);
    assertThat(failed.toString()).doesNotContain("s3cret");
    assertThat(ReleaseComparison.compare(old, host.observe()).rolloutNeeded()).isFalse();
    assertThat(host.root.resolve("login")).doesNotExist();
  }

  @Test
  void aReleaseThatDoesNotGetHealthyGivesWayToTheOldOneAndShowsItsLastLines() throws IOException {
    DesiredRelease old = desired(A, "web");
    rolled(old);
    host.set("unhealthy-" + B, "");
    host.set("logs", "x\n".repeat(30) + "connecting to postgres://app:hunter2@db/app\nno schema\n");

    Failed failed = failed(desired(B, "web", "extra"));

    assertThat(failed.step()).isEqualTo(RolloutStep.START);
    assertThat(failed.reason()).isEqualTo(Reason.UNHEALTHY);
    assertThat(failed.oldReleaseKept()).isTrue();
    assertThat(failed.message()).contains("brought back");
    assertThat(failed.lastLines())
        .hasSize(20)
        .endsWith("connecting to postgres://***@db/app", "no schema");
    RunningState state = host.observe();
    assertThat(state.currentRelease()).isEqualTo(A);
    assertThat(names(state)).containsExactly("app-web-1");
    assertThat(ReleaseComparison.compare(old, state).rolloutNeeded()).isFalse();
  }

  @Test
  void aFirstReleaseThatFailsHasNothingToComeBack() throws IOException {
    host.set("unhealthy-" + A, "");

    Failed failed = failed(desired(A, "web"));

    assertThat(failed.oldReleaseKept()).isFalse();
    assertThat(failed.message()).doesNotContain("brought back");
  }

  @Test
  void aFileThatComposeRefusesIsToldBeforeAnythingIsPulled() throws IOException {
    var release = desired(A, "web");
    var files = new java.util.TreeMap<>(release.files());
    files.put("docker-compose.yml", "INVALID");

    Failed failed =
        failed(new DesiredRelease(release.identity(), release.compose(), files, release.digests()));

    assertThat(failed.reason()).isEqualTo(Reason.COMPOSE_INVALID);
    assertThat(failed.message()).contains("must be a list");
  }

  @Test
  void dockerThatIsDownIsTold() throws IOException {
    DesiredRelease release = desired(A, "web");
    rolled(release);
    host.set("down", "");

    assertThat(failed(release).reason()).isEqualTo(Reason.DOCKER_DOWN);
    RunningState state = host.observe();
    assertThat(state.docker().usable()).isFalse();
    assertThat(state.ready()).isFalse();
    assertThat(ReleaseComparison.compare(release, state).drift())
        .containsExactly(
            new Drift("release", "docker", "running", "not answering", DriftClass.RELEASE));
  }

  @Test
  void aFullDiskIsTold() throws IOException {
    host.set("pull-error", "failed to register layer: write /x: no space left on device");

    assertThat(failed(desired(A, "web")).reason()).isEqualTo(Reason.DISK_FULL);
  }

  @Test
  void aServiceThatLeftTheFileIsRemovedAndWhatIsNotOursIsStoppedAndKept() throws IOException {
    rolled(desired(A, "web", "api"));
    host.foreign("f1", "app-debug-1", "running");
    host.foreign("f2", "old-thing", "exited");
    // Compose made it, but not for us: another project file with the same project name.
    host.container(
        "f3",
        """
        {"id":"f3","name":"/app-tool-1","image":"x:1","imageId":"img-x","state":"running","exitCode":0,"health":null,"labels":{"com.docker.compose.project":"app","com.docker.compose.service":"tool","com.docker.compose.oneoff":"False"}}\
        """);

    RunningState state = rolled(desired(B, "web"));

    assertThat(names(state))
        .containsExactly(
            "app-web-1", "old-thing", "stopped-app-debug-1-f1", "stopped-app-tool-1-f3");
    assertThat(state.containers()).filteredOn(Container::running).hasSize(1);
    assertThat(host.calls()).contains("update --restart=no f1").doesNotContain("rm -f f1");
  }

  @Test
  void whereDriftIsOnlyReportedForeignContainersRunOn() throws IOException {
    host.foreign("f1", "debug", "running");
    var options = new RolloutOptions(OPTIONS.total(), OPTIONS.untilHealthy(), 2, false);

    assertThat(new Rollout(host.shell, host.layout).run(desired(A, "web"), CREDENTIALS, options))
        .isInstanceOfSatisfying(
            Done.class,
            done ->
                assertThat(done.state().containers())
                    .filteredOn(c -> c.name().equals("debug"))
                    .allMatch(Container::running));
  }

  @Test
  void whatWasChangedByHandIsSeenAndRepaired() throws IOException {
    DesiredRelease release = desired(A, "web", "api", "jobs");
    rolled(release);
    host.edit("id-web-" + A, "\"state\":\"running\"", "\"state\":\"exited\"");
    host.edit("id-jobs-" + A, "config-hash\":\"", "config-hash\":\"other");
    Files.delete(host.docker.resolve("containers").resolve("id-api-" + A));
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
    assertThat(ReleaseComparison.compare(release, rolled(release)).rolloutNeeded()).isFalse();
    assertThat(names(host.observe())).contains("debug");
  }

  @Test
  void aRepairNeedsNoRegistryWhereTheImagesAreThereStill() throws IOException {
    DesiredRelease release = desired(A, "web");
    rolled(release);
    host.edit("id-web-" + A, "\"state\":\"running\"", "\"state\":\"exited\"");
    host.set("pull-error", "dial tcp: i/o timeout");

    assertThat(ReleaseComparison.compare(release, rolled(release)).rolloutNeeded()).isFalse();
  }

  @Test
  void aReleaseCutOffAnywhereIsFinishedByTheNextRun() throws IOException {
    for (String step :
        List.of(
            "'prepare'",
            "docker-compose.override.yml",
            "login ",
            "'pull'",
            "'start'",
            "'switch'",
            "'clean'")) {
      DesiredRelease release = desired(A, "web");
      host.shell.lostBefore = command -> command.contains(step);
      RolloutResult first = roll(release);
      assertThat(first).as(step).isInstanceOf(step.equals("'clean'") ? Done.class : Failed.class);
      host.shell.lostBefore = command -> false;
      assertThat(ReleaseComparison.compare(release, rolled(release)).rolloutNeeded())
          .as(step)
          .isFalse();
    }
  }

  @Test
  void onlyTheLastReleasesAreKeptAndTheImagesOfOthersGo() throws IOException {
    rolled(desired(A, "web"));
    rolled(desired(B, "web"));
    RunningState state = rolled(desired("c".repeat(40), "web"));

    assertThat(state.releases()).containsExactly("c".repeat(40), B);
    assertThat(host.get("pulled").lines().distinct())
        .containsExactly(
            "registry.test:5000/shop/web:bbbbbbb", "registry.test:5000/shop/web:ccccccc");
  }

  @Test
  void aRolloutWithoutTimeLeftSaysSo() {
    var options = new RolloutOptions(Duration.ZERO, Duration.ofSeconds(5), 3, true);

    assertThat(new Rollout(host.shell, host.layout).run(desired(A, "web"), CREDENTIALS, options))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.TIMED_OUT));
  }
}
