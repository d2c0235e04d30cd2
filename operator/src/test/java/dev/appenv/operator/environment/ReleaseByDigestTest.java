package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.api.DriftStatus;
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Gate.Judged;
import dev.appenv.operator.plan.Policy;
import dev.appenv.operator.registry.Lookup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit is released when its images are there, and by their digests. */
class ReleaseByDigestTest {
  private static final String V1 = "registry.test/shop/web:v1";
  private static final String V2 = "registry.test/shop/web:v2";
  private static final Duration POLL = Duration.ofMinutes(1);
  private static final Lookup AWAY = new Lookup.Unreachable("The registry cannot be asked");

  @TempDir Path folder;
  private ReleaseStage stage;
  private String first;
  private String digest;

  @BeforeEach
  void versionOneRuns() throws IOException {
    stage = new ReleaseStage(folder);
    digest = stage.registry.push(V1, "1");
    first = stage.push(V1);
    stage.untilReleased(first);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private void untilReason(String reason) {
    var _ = stage.until(Duration.ofMinutes(3), view -> view.released().reason().equals(reason));
  }

  @Test
  void what_runs_is_pinned_to_the_digest_that_the_registry_had() {
    assertThat(stage.web().desired()).isEqualTo(V1 + "@" + digest);
    assertThat(stage.web().running()).isEqualTo(V1 + "@" + digest);
    assertThat(stage.registry.asked("registry.test/shop/debug:none")).isZero();
  }

  @Test
  void
      an_image_that_appears_20_minutes_late_is_waited_for_without_a_failed_pull_while_the_old_release_serves()
          throws IOException {
    var pulls = stage.pulls();
    var second = stage.push(V2);
    untilReason("WaitingForImage");
    var since = stage.clock.instant();
    for (var i = 0; i < 20; i++) {
      stage.run(POLL);
      assertThat(stage.view.released().reason()).isEqualTo("WaitingForImage");
      assertThat(stage.view.problem().filter(Problem::needsPerson)).isEmpty();
      assertThat(stage.view.moving()).isTrue();
      stage.assertRuns(first);
    }
    assertThat(stage.pulls()).isEqualTo(pulls);
    assertThat(stage.report().awaitedImages())
        .singleElement()
        .satisfies(awaited -> {
          assertThat(awaited.service()).isEqualTo("web");
          assertThat(awaited.image()).isEqualTo(V2);
          assertThat(awaited.since()).isBetween(since.minus(POLL), since);
          assertThat(stage.view.released().message())
              .isEqualTo(
                  "The registry does not have %s (service web, since %s); release %s keeps running"
                      .formatted(V2, awaited.since(), first.substring(0, 7)));
        });
    assertThat(stage.registry.asked(V2)).as("once a poll").isBetween(20, 22);

    var late = stage.registry.push(V2, "2");
    stage.untilReleased(second, POLL);
    assertThat(stage.web().running()).isEqualTo(V2 + "@" + late);
    assertThat(stage.report().awaitedImages()).isEmpty();
    assertThat(stage.pulls()).isEqualTo(pulls + 1);
  }

  @Test
  void after_the_limit_it_counts_as_a_mistake_and_is_looked_for_on_and_on() throws IOException {
    stage.apply("{release: {imageTimeout: 10m}}");
    var second = stage.push(V2);
    untilReason("WaitingForImage");
    stage.run(Duration.ofMinutes(9));
    assertThat(stage.view.released().reason()).isEqualTo("WaitingForImage");
    stage.run(Duration.ofMinutes(2));
    assertThat(stage.view.problem())
        .hasValueSatisfying(problem -> {
          assertThat(problem.reason()).isEqualTo("ImageMissing");
          assertThat(problem.needsPerson()).isTrue();
          assertThat(problem.message())
              .contains("longer than 10m (spec.release.imageTimeout)", "keeps running");
        });
    stage.assertRuns(first);
    stage.run(Duration.ofMinutes(10));
    stage.registry.push(V2, "2");
    stage.untilReleased(second);
  }

  @Test
  void since_when_is_known_to_the_next_process_too() throws IOException {
    stage.push(V2);
    untilReason("WaitingForImage");
    var awaited = stage.report().awaitedImages();
    stage.run(Duration.ofMinutes(5));
    stage.restart();
    stage.pass();
    assertThat(stage.view.released().reason()).isEqualTo("WaitingForImage");
    stage.run(Duration.ofMinutes(2));
    assertThat(stage.view.released().reason()).isEqualTo("WaitingForImage");
    assertThat(stage.report().awaitedImages())
        .isEqualTo(awaited)
        .extracting(AwaitedImageStatus::image)
        .containsExactly(V2);
  }

  @Test
  void another_commit_ends_the_wait() throws IOException {
    stage.push(V2);
    untilReason("WaitingForImage");
    var third = stage.push(V1);
    stage.untilReleased(third);
    assertThat(stage.report().awaitedImages()).isEmpty();
    var asked = stage.registry.asked(V2);
    stage.run(POLL.multipliedBy(5));
    assertThat(stage.registry.asked(V2)).as("nobody wants it any more").isEqualTo(asked);
  }

  @Test
  void a_tag_that_was_pushed_once_more_is_drift_and_rolled_out() throws IOException {
    var pulls = stage.pulls();
    var newer = stage.registry.push(V1, "2");
    var seen = stage.until(Duration.ofMinutes(2), view -> !view.drift().isEmpty());
    assertThat(seen.drift())
        .containsExactly(
            new Judged(
                new Drift(
                    "release.web",
                    "image",
                    V1 + "@" + newer,
                    V1 + "@" + digest,
                    DriftClass.RELEASE),
                Policy.Action.REPAIR));
    stage.untilReleased(first);
    assertThat(stage.web().running()).isEqualTo(V1 + "@" + newer);
    assertThat(stage.pulls()).isEqualTo(pulls + 1);
    stage.run(POLL.multipliedBy(3));
    assertThat(stage.view.drift()).isEmpty();
    assertThat(stage.pulls()).isEqualTo(pulls + 1);
  }

  @Test
  void it_is_only_reported_where_the_policy_says_so() throws IOException {
    stage.apply("{drift: {policy: {release: Report}}}");
    var pulls = stage.pulls();
    var newer = stage.registry.push(V1, "2");
    stage.run(POLL.multipliedBy(3));
    stage.restart();
    stage.run(POLL.multipliedBy(3));
    assertThat(stage.report().drift())
        .extracting(DriftStatus::resource, DriftStatus::action)
        .containsExactly(tuple("release.web", "Reported"));
    assertThat(stage.web().desired()).isEqualTo(V1 + "@" + newer);
    assertThat(stage.web().running()).isEqualTo(V1 + "@" + digest);
    assertThat(stage.pulls()).isEqualTo(pulls);
  }

  @Test
  void a_registry_that_cannot_be_asked_holds_a_new_commit_and_no_repair() throws IOException {
    stage.registry.answer(AWAY);
    stage.restart();
    stage.host.remove("web");
    var seen = stage.until(Duration.ofMinutes(2), view -> !view.drift().isEmpty());
    assertThat(seen.released().reason()).isEqualTo("Repairing");
    stage.untilReleased(first);
    assertThat(stage.web().running()).isEqualTo(V1 + "@" + digest);

    var second = stage.push(V2);
    untilReason("RegistryUnreachable");
    assertThat(stage.view.problem().filter(Problem::needsPerson)).isEmpty();
    stage.assertRuns(first);
    assertThat(stage.report().awaitedImages()).as("unknown is not absent").isEmpty();
    stage.registry.push(V2, "2");
    stage.registry.answer(null);
    stage.untilReleased(second);
  }

  @Test
  void an_image_stays_missing_since_then_while_its_registry_cannot_be_asked() throws IOException {
    stage.push(V2);
    untilReason("WaitingForImage");
    var awaited = stage.report().awaitedImages();
    stage.registry.answer(AWAY);
    untilReason("RegistryUnreachable");
    stage.registry.answer(null);
    untilReason("WaitingForImage");
    assertThat(stage.report().awaitedImages()).isEqualTo(awaited).isNotEmpty();
  }

  @Test
  void an_image_of_what_runs_may_go_from_the_registry() {
    stage.registry.remove(V1);
    stage.run(POLL.multipliedBy(3));
    assertThat(stage.view.released().isTrue()).isTrue();
    assertThat(stage.web().desired()).isEqualTo(V1 + "@" + digest);
  }

  @Test
  void a_registry_that_denies_names_the_field_and_a_corrected_secret_is_enough()
      throws IOException {
    stage.registry.password("right");
    stage.secret("registry", dockerConfig("wrong"));
    stage.apply("{release: {registryCredentialsSecretRef: {name: registry}}}");
    stage.registry.push(V2, "2");
    var second = stage.push(V2);
    untilReason("RegistryDenied");
    assertThat(stage.view.problem())
        .hasValueSatisfying(problem -> {
          assertThat(problem.needsPerson()).isTrue();
          assertThat(problem.message())
              .contains("services.web.image", "spec.release.registryCredentialsSecretRef");
        });
    stage.secret("registry", dockerConfig("right"));
    stage.untilReleased(second);
  }

  @Test
  void a_name_that_no_image_can_have_is_told_with_its_place() throws IOException {
    stage.registry.answer(new Lookup.Invalid("x cannot be the name of an image"));
    stage.push("registry.test/shop/Web:v1");
    untilReason("ComposeInvalid");
    assertThat(stage.view.released().message()).contains("services.web.image: x cannot");
  }

  private static Map<String, String> dockerConfig(String password) {
    var auth =
        Base64.getEncoder().encodeToString(("puller:" + password).getBytes(StandardCharsets.UTF_8));
    return Map.of(
        ".dockerconfigjson",
        "{\"auths\": {\"registry.test\": {\"auth\": \"%s\"}}}".formatted(auth));
  }
}
