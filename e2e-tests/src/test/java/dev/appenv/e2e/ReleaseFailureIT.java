package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.GitRepository;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new commit is released; when it cannot be, status says why, and the old release serves. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ReleaseFailureIT {
  private final TestBed bed;
  private final Environment shop;
  private final GitRepository git;
  private String commit = "";

  ReleaseFailureIT(TestBed bed) {
    this.bed = bed;
    this.shop = bed.environment("release").create();
    this.git = shop.git();
  }

  @BeforeAll
  void live() {
    shop.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
  }

  /** Whatever the test before left, the branch is version 1 and runs. */
  @BeforeEach
  void versionOneRuns() {
    commit = git.pushShop("v1");
    released(commit);
  }

  @Test
  void a_new_commit_is_released() {
    var second = git.pushShop("v2");
    released(second);
    assertThat(shop.page()).contains("v2").doesNotContain("v1");
    assertThat(shop.services())
        .filteredOn(s -> !s.name().equals("db"))
        .allSatisfy(s -> assertThat(s.running()).contains(":v2@sha256:"));
  }

  @Test
  void an_image_that_is_not_in_the_registry_is_named() {
    shop.change("{release: {imageTimeout: 10s}}");
    git.pushShop("v9-missing");
    saysWhileTheOldReleaseServes("ImageMissing", "v9-missing");
  }

  @Test
  void an_image_that_comes_late_is_waited_for_while_the_old_release_serves() {
    shop.change("{release: {imageTimeout: 5m}}");
    var late = "v2-" + System.nanoTime();
    var second = git.pushShop(late);
    shop.untilCondition(
        SOON,
        "Released",
        "False",
        c -> {
          assertThat(c.reason()).isEqualTo("WaitingForImage");
          assertThat(c.message())
              .contains(late, "release " + commit.substring(0, 7) + " keeps running");
        });
    assertThat(shop.condition("Stalled").status()).isEqualTo("False");
    assertThat(shop.status().awaitedImages())
        .extracting(AwaitedImageStatus::service)
        .containsExactly("backend", "frontend");
    stillServes();

    bed.pushImage("frontend", "v2", late);
    bed.pushImage("backend", "v2", late);
    released(second);
    assertThat(shop.page()).contains("v2");
    assertThat(shop.status().awaitedImages()).isNull();
  }

  @Test
  void a_version_that_never_gets_healthy_is_named() {
    shop.change("{release: {timeout: 15s}}");
    git.pushShop("v3-broken");
    saysWhileTheOldReleaseServes("Unhealthy", "backend");
  }

  @Test
  void a_compose_file_that_is_not_valid_is_named_with_its_place() {
    git.push("services:\n  frontend:\n    image: [\n");
    saysWhileTheOldReleaseServes("ComposeFileInvalid", GitRepository.COMPOSE_FILE);
  }

  @Test
  void a_compose_file_that_is_not_there_is_named() {
    git.pushWithoutComposeFile();
    saysWhileTheOldReleaseServes("ComposeFileNotFound", GitRepository.COMPOSE_FILE);
  }

  @Test
  void a_branch_that_is_gone_is_named() {
    git.deleteBranch();
    saysWhileTheOldReleaseServes("BranchNotFound", GitRepository.BRANCH);
  }

  @Test
  void a_wrong_password_of_the_registry_is_named() {
    shop.registryPassword("wrong");
    try {
      git.pushShop("v2");
      saysWhileTheOldReleaseServes("RegistryDenied", "registry");
    } finally {
      shop.registryPassword(bed.registryPassword());
    }
  }

  @Test
  void a_machine_that_hangs_is_named() {
    var machine = shop.machine();
    machine.pause();
    try {
      shop.untilCondition(
          SOON, "Released", "Unknown", c -> assertThat(c.reason()).isEqualTo("MachineUnreachable"));
      assertThat(shop.condition("InfrastructureReady").status()).isEqualTo("True");
    } finally {
      machine.resume();
    }
    shop.untilReady();
    assertThat(shop.page()).contains("v1");
  }

  @Test
  void ssh_that_is_closed_off_is_named_while_the_page_answers() {
    shop.change("{drift: {policy: {security: Report}}}");
    var group = shop.id("network.machineSecurityGroup");
    bed.aws().closePort(group, 22);
    endSshSessions();
    try {
      unknownWhileTheOldReleaseServes("MachineUnreachable", "22");
    } finally {
      shop.change("{drift: null}");
    }
    shop.untilReady();
    assertThat(bed.aws().isOpen(group, 22)).isTrue();
  }

  @Test
  void another_host_key_of_the_machine_is_named_and_not_trusted() {
    var machine = shop.machine();
    machine.run(
        "cd /etc/ssh && mkdir -p /root/kept && cp -a ssh_host_* /root/kept"
            + " && rm ssh_host_ed25519_key* && ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key"
            + " && systemctl restart ssh");
    endSshSessions();
    try {
      unknownWhileTheOldReleaseServes("HostKeyChanged", "host key");
      assertThat(shop.condition("Stalled").status()).isEqualTo("True");
    } finally {
      machine.run("cp -a /root/kept/ssh_host_* /etc/ssh && systemctl restart ssh");
    }
    shop.untilReady();
  }

  /** Those that are open outlive a closed port and another key. */
  private void endSshSessions() {
    shop.machine().run("pkill -KILL -u ubuntu sshd || true");
  }

  private void released(String commit) {
    shop.until(
        Environment.LIVE_WITHIN,
        it -> assertThat(shop.release().commit()).as(() -> it.conditions()).isEqualTo(commit));
    shop.untilReady();
  }

  private void saysWhileTheOldReleaseServes(String reason, String what) {
    shop.untilCondition(
        SOON,
        "Stalled",
        "True",
        c -> {
          assertThat(c.reason()).isEqualTo(reason);
          assertThat(c.message())
              .containsIgnoringCase(what)
              .contains("release " + commit.substring(0, 7) + " keeps running");
        });
    assertThat(shop.condition("Ready").status()).isNotEqualTo("True");
    stillServes();
  }

  private void unknownWhileTheOldReleaseServes(String reason, String what) {
    shop.untilCondition(
        SOON,
        "Released",
        "Unknown",
        c -> {
          assertThat(c.reason()).isEqualTo(reason);
          assertThat(c.message()).containsIgnoringCase(what);
        });
    stillServes();
  }

  private void stillServes() {
    assertThat(shop.page()).contains("v1");
    assertThat(shop.release().commit()).isEqualTo(commit);
  }
}
