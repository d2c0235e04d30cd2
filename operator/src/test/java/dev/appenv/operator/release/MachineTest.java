package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.release.RunningState.Boot;
import dev.appenv.operator.release.RunningState.Container;
import dev.appenv.operator.release.RunningState.Health;
import dev.appenv.operator.release.transport.RemoteShell;
import dev.appenv.operator.release.transport.ShellResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script really runs, in this machine's shell. */
class MachineTest {
  @TempDir Path folder;
  private FakeHost host;

  @BeforeEach
  void start() throws IOException {
    host = new FakeHost(folder);
  }

  @Test
  void a_new_machine_has_nothing_and_is_ready_when_its_boot_is_over() {
    RunningState state = host.observe();

    assertThat(state.ready()).isTrue();
    assertThat(state.cloudInit().status()).isEqualTo(Boot.DONE);
    assertThat(state.currentRelease()).isNull();
    assertThat(state.releases()).isEmpty();
    assertThat(state.containers()).isEmpty();
    assertThat(host.shell.commands).hasSize(1);
  }

  @Test
  void a_machine_that_still_boots_is_not_ready() throws IOException {
    Files.delete(Path.of(host.layout.cloudInit()).resolve("result.json"));

    assertThat(host.observe().cloudInit().status()).isEqualTo(Boot.RUNNING);
    assertThat(host.observe().ready()).isFalse();
  }

  @Test
  void a_boot_that_failed_says_why() throws IOException {
    Files.writeString(
        Path.of(host.layout.cloudInit()).resolve("result.json"),
        "{\"v1\": {\"datasource\": \"x\", \"errors\": [\"('scripts_user', RuntimeError('runcmd'))\"]}}");

    assertThat(host.observe().cloudInit())
        .isEqualTo(
            new RunningState.CloudInit(Boot.ERROR, "('scripts_user', RuntimeError('runcmd'))"));
  }

  @Test
  void docker_that_does_not_answer_is_told_in_its_own_words_whatever_signs_they_hold()
      throws IOException {
    Files.writeString(
        host.bin.resolve("docker"),
        "#!/bin/sh\nprintf 'bad \"thing\" \\\\ \\ttab\\nmore' >&2\nexit 1\n");

    RunningState state = host.observe();

    assertThat(state.docker().usable()).isFalse();
    assertThat(state.docker().message()).contains("bad \"thing\"").contains("more");
    assertThat(state.ready()).isFalse();
  }

  @Test
  void
      a_container_that_goes_away_during_the_look_makes_the_look_worth_nothing_rather_than_the_others_gone()
          throws IOException {
    host.foreign("f1", "debug", "running");
    Path docker = host.bin.resolve("docker");
    String real = Files.readString(docker);
    Files.writeString(
        docker, real.replaceFirst("\n", "\n[ \"\\$1 \\$2\" = 'ps -aq' ] && echo gone\n"));

    RunningState state = host.observe();

    assertThat(state.docker().usable()).isFalse();
    assertThat(state.docker().message()).contains("No such object: gone");
  }

  @Test
  void containers_are_read_with_health_labels_and_the_digest_of_their_own_repository()
      throws IOException {
    host.container(
        "c1",
        """
        {"id":"c1","name":"/app-web-1","image":"shop/web:1","imageId":"img-1","state":"running","exitCode":0,"health":"starting","labels":{"com.docker.compose.service":"web","note":"a \\"quoted\\" one"}}\
        """);
    Files.createDirectories(host.docker.resolve("images"));
    Files.writeString(
        host.docker.resolve("images").resolve("img-1"),
        "{\"id\":\"img-1\",\"digests\":[\"mirror.test/shop/web@sha256:1\",\"shop/web@sha256:2\"]}\n");

    Container container = host.observe().containers().getFirst();

    assertThat(container.health()).isEqualTo(Health.STARTING);
    assertThat(container.reference()).isEqualTo("shop/web:1@sha256:2");
    assertThat(container.labels()).containsEntry("note", "a \"quoted\" one");
  }

  @Test
  void an_answer_that_is_not_the_one_asked_for_is_unknown() {
    RemoteShell motd = (command, stdin, timeout) -> new ShellResult.Exited(0, "Welcome!", "");
    RemoteShell lost = (command, stdin, timeout) -> new ShellResult.Lost("gone");

    assertThat(new Machine(motd).observe(Duration.ofSeconds(1)))
        .isInstanceOf(MachineReading.Unknown.class);
    assertThat(new Machine(lost).observe(Duration.ofSeconds(1)))
        .isEqualTo(new MachineReading.Unknown("gone"));
  }
}
