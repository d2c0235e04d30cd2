package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.release.RunningState.Container;
import dev.appenv.operator.release.RunningState.Health;
import dev.appenv.operator.release.RunningState.ReleaseFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReleaseComparisonTest {
  private static final String COMMIT = "a".repeat(40);
  private static final ReleaseIdentity IDENTITY = new ReleaseIdentity("c1", "u1", COMMIT);
  private static final Ingress INGRESS = Ingress.to("web", 80);
  private static final DesiredRelease DESIRED = desired("web:1", "");

  private static DesiredRelease desired(String image, String more) {
    return desired(image, more, RunningState.EMPTY, Map.of(), Map.of());
  }

  private static DesiredRelease desired(
      String image,
      String more,
      RunningState live,
      Map<String, String> digests,
      Map<String, String> noted) {
    return DesiredRelease.of(
        compose(image, more), IDENTITY, INGRESS, new TreeMap<>(), live, digests, noted);
  }

  private static ComposeFile.Valid compose(String image, String more) {
    String yaml =
        """
        services:
          web:
            image: %s
            depends_on: {migrate: {condition: service_completed_successfully}}
        %s
          migrate: {image: "web:1"}
          tool: {image: "tool:1", profiles: [debug]}
        """
            .formatted(image, more);
    return switch (ComposeFile.parse(yaml)) {
      case ComposeFile.Valid valid -> valid;
      case ComposeFile.Invalid(String message) -> throw new AssertionError(message);
    };
  }

  private static final Container WEB = container("web", "running", 0);
  private static final Container MIGRATE = container("migrate", "exited", 0);

  private static Container container(String service, String state, int exitCode) {
    var labels = new HashMap<String, String>(IDENTITY.labels());
    if (service.equals("web")) labels.put(ReleaseIdentity.RELEASE, DESIRED.id());
    labels.put("com.docker.compose.config-hash", "h-" + service);
    labels.put("com.docker.compose.oneoff", "False");
    return new Container(
        "id-" + service,
        "app-" + service + "-1",
        service,
        "web:1",
        "sha256:1",
        state,
        Health.NONE,
        exitCode,
        Map.copyOf(labels));
  }

  private static Container with(Container container, String label, String value) {
    var labels = new HashMap<>(container.labels());
    labels.put(label, value);
    return new Container(
        container.id(),
        container.name(),
        container.service(),
        container.image(),
        container.digest(),
        container.state(),
        container.health(),
        container.exitCode(),
        Map.copyOf(labels));
  }

  private static DesiredRelease pinned(Map<String, String> digests) {
    return desired("web:1", "", RunningState.EMPTY, digests, Map.of());
  }

  private static RunningState running(Container... containers) {
    return running(DESIRED, hash -> hash, containers);
  }

  private static RunningState running(UnaryOperator<String> wantedNow, Container... containers) {
    return running(DESIRED, wantedNow, containers);
  }

  private static RunningState running(
      DesiredRelease applied, UnaryOperator<String> wantedNow, Container... containers) {
    var files = new HashMap<String, ReleaseFile>();
    applied
        .files()
        .forEach((name, text) ->
            files.put(name, new ReleaseFile(Hashes.sha256(text), Hashes.sha256(text))));
    return new RunningState(
        new RunningState.CloudInit(RunningState.Boot.DONE, ""),
        new RunningState.Docker(true, ""),
        DESIRED.id(),
        List.of(DESIRED.id()),
        files,
        Map.of("web", "h-web", "migrate", "h-migrate"),
        Map.of("web", wantedNow.apply("h-web"), "migrate", wantedNow.apply("h-migrate")),
        List.of(containers),
        List.of(),
        List.of());
  }

  private static DesiredRelease withFiles(SortedMap<String, String> files) {
    return new DesiredRelease(
        DESIRED.project(),
        DESIRED.id(),
        IDENTITY,
        DESIRED.compose(),
        DESIRED.routed(),
        files,
        Set.of(),
        Map.of(),
        Set.of());
  }

  private static List<Drift> drift(Container... containers) {
    return ReleaseComparison.compare(DESIRED, running(containers)).drift();
  }

  private static Drift release(String resource, String field, String desired, String live) {
    return new Drift(resource, field, desired, live, DriftClass.RELEASE);
  }

  @Test
  void a_job_that_ended_well_and_a_service_of_a_profile_are_no_drift() {
    assertThat(drift(WEB, MIGRATE)).isEmpty();
  }

  @Test
  void a_job_that_failed_is_drift() {
    assertThat(drift(WEB, container("migrate", "exited", 3)))
        .containsExactly(release("release.migrate", "state", "running", "exited (3)"));
  }

  @Test
  void health_is_not_drift() {
    var sick =
        new Container(
            WEB.id(),
            WEB.name(),
            "web",
            "web:1",
            null,
            "running",
            Health.UNHEALTHY,
            0,
            WEB.labels());

    assertThat(drift(sick, MIGRATE)).isEmpty();
    assertThat(ServiceStatus.of(DESIRED, running(sick, MIGRATE)).get("web"))
        .isEqualTo(
            new ServiceStatus("web", "web:1", "web:1", ServiceStatus.ServiceHealth.UNHEALTHY));
  }

  @Test
  void a_paused_container_is_drift() {
    assertThat(drift(container("web", "paused", 0), MIGRATE))
        .containsExactly(release("release.web", "state", "running", "paused"));
  }

  @Test
  void another_image_is_drift() {
    var other =
        new Container(
            WEB.id(),
            WEB.name(),
            "web",
            "web:2",
            "sha256:2",
            "running",
            Health.NONE,
            0,
            WEB.labels());

    assertThat(drift(other, MIGRATE))
        .containsExactly(release("release.web", "image", "web:1", "web:2@sha256:2"));
    assertThat(
            ReleaseComparison.compare(pinned(Map.of("web", "sha256:1")), running(other, MIGRATE))
                .drift())
        .as("with the digest as soon as it is known")
        .containsExactly(release("release.web", "image", "web:1@sha256:1", "web:2@sha256:2"));
  }

  @Test
  void another_digest_behind_the_same_tag_is_drift_once_the_digest_is_known() {
    RunningState live = running(WEB, MIGRATE);

    assertThat(
            ReleaseComparison.compare(
                    pinned(Map.of("web", "sha256:9", "migrate", "sha256:1")), live)
                .drift())
        .containsExactly(release("release.web", "image", "web:1@sha256:9", "web:1@sha256:1"));
  }

  private static final Map<String, String> BEFORE =
      Map.of("web", "sha256:1", "migrate", "sha256:1");
  private static final Map<String, String> AFTER = Map.of("web", "sha256:9", "migrate", "sha256:1");

  /** The release as it was put in place before a tag was pushed once more. */
  private static RunningState pinnedBefore(Container... containers) {
    return running(pinned(BEFORE), hash -> hash, containers);
  }

  @Test
  void a_release_whose_images_are_pinned_runs_as_it_should() {
    var live = pinnedBefore(byDigest(WEB), byDigest(MIGRATE));
    assertThat(ReleaseComparison.compare(pinned(BEFORE), live))
        .isEqualTo(new ReleaseComparison(List.of(), false));
  }

  @Test
  void a_tag_that_was_pushed_once_more_is_drift_and_no_other_release() {
    var live = pinnedBefore(byDigest(WEB), byDigest(MIGRATE));
    var expected =
        new ReleaseComparison(
            List.of(release("release.web", "image", "web:1@sha256:9", "web:1@sha256:1")), false);
    assertThat(ReleaseComparison.compare(desired("web:1", "", live, AFTER, AFTER), live))
        .as("known by what runs")
        .isEqualTo(expected);
    assertThat(ReleaseComparison.compare(desired("web:1", "", live, AFTER, BEFORE), live))
        .as("known by what was reported")
        .isEqualTo(expected);
  }

  @Test
  void a_tag_that_was_pushed_once_more_is_no_other_release_while_its_container_is_gone() {
    var live = pinnedBefore(byDigest(MIGRATE));
    assertThat(ReleaseComparison.compare(desired("web:1", "", live, AFTER, BEFORE), live))
        .isEqualTo(
            new ReleaseComparison(
                List.of(release("release.web", "container", "present", "absent")), false));
  }

  @Test
  void another_port_of_the_ingress_is_another_release_whatever_the_digests() {
    var live = pinnedBefore(byDigest(WEB), byDigest(MIGRATE));
    var other =
        DesiredRelease.of(
            compose("web:1", ""),
            IDENTITY,
            Ingress.to("web", 8080),
            new TreeMap<>(),
            live,
            AFTER,
            BEFORE);
    assertThat(ReleaseComparison.compare(other, live).newRelease()).isTrue();
  }

  private static Container byDigest(Container container) {
    return new Container(
        container.id(),
        container.name(),
        container.service(),
        "web:1@sha256:1",
        "sha256:1",
        container.state(),
        container.health(),
        container.exitCode(),
        container.labels());
  }

  @Test
  void a_container_made_anew_with_other_settings_is_drift() {
    assertThat(drift(with(WEB, "com.docker.compose.config-hash", "other"), MIGRATE))
        .containsExactly(
            release("release.web", "config", "as in the compose file", "changed by hand"));
  }

  @Test
  void
      an_update_of_compose_that_hashes_otherwise_is_no_drift_before_nor_after_containers_are_made_anew() {
    RunningState updated = running(hash -> "v2-" + hash, WEB, MIGRATE);
    RunningState recreated =
        running(
            hash -> "v2-" + hash, with(WEB, "com.docker.compose.config-hash", "v2-h-web"), MIGRATE);

    assertThat(ReleaseComparison.compare(DESIRED, updated).drift()).isEmpty();
    assertThat(ReleaseComparison.compare(DESIRED, recreated).drift()).isEmpty();
  }

  @Test
  void a_container_that_another_release_left_is_drift() {
    var left = with(WEB, ReleaseIdentity.RELEASE, "b");
    assertThat(drift(WEB, left, MIGRATE))
        .containsExactly(release("release", "containers[app-web-1]", "absent", "running"));
    assertThat(drift(left, MIGRATE))
        .as("and does not stand in for this one's")
        .contains(release("release.web", "container", "present", "absent"));
  }

  @Test
  void a_run_by_hand_that_bears_our_labels_is_drift_but_not_stopped_as_foreign() {
    var oneOff =
        new Container(
            "id-run",
            "app-web-run-1",
            "web",
            "web:1",
            null,
            "running",
            Health.NONE,
            0,
            with(WEB, "com.docker.compose.oneoff", "True").labels());
    var comparison = ReleaseComparison.compare(DESIRED, running(WEB, MIGRATE, oneOff));

    assertThat(comparison.drift())
        .containsExactly(release("release", "containers[app-web-run-1]", "absent", "running"));
  }

  @Test
  void a_container_without_both_labels_is_foreign_and_only_while_it_runs() {
    var labels = new HashMap<>(WEB.labels());
    labels.remove(ReleaseIdentity.CLUSTER);
    var foreign =
        new Container(
            "f", "other", "", "redis:7", null, "running", Health.NONE, 0, Map.copyOf(labels));
    var stopped =
        new Container("g", "stopped", "", "redis:7", null, "exited", Health.NONE, 0, Map.of());
    var live = running(WEB, MIGRATE, foreign, stopped);

    assertThat(ReleaseComparison.compare(DESIRED, live).drift())
        .containsExactly(release("release", "containers[other]", "absent", "running"));
    assertThat(new MachineState(Map.of("app", live)).foreign(IDENTITY)).containsExactly("f");
  }

  @Test
  void containers_of_the_environment_that_had_the_machine_before_are_no_drift() {
    var identity =
        new ReleaseIdentity(
            IDENTITY.clusterId(), "another-uid", Optional.of(IDENTITY.environmentUid()), COMMIT);
    var adopted =
        new DesiredRelease(
            DESIRED.project(),
            DESIRED.id(),
            identity,
            DESIRED.compose(),
            DESIRED.routed(),
            DESIRED.files(),
            Set.of(),
            Map.of(),
            Set.of());
    assertThat(ReleaseComparison.compare(adopted, running(WEB, MIGRATE)))
        .isEqualTo(new ReleaseComparison(List.of(), false));
  }

  @Test
  void drift_is_seen_while_the_operators_own_file_is_about_to_change() {
    var files = new TreeMap<>(DESIRED.files());
    files.put(DesiredRelease.OVERRIDE_FILE, "another");
    var changed = withFiles(files);
    var comparison = ReleaseComparison.compare(changed, running(MIGRATE));

    assertThat(comparison.newRelease()).isTrue();
    assertThat(comparison.drift())
        .containsExactly(release("release.web", "container", "present", "absent"));
  }

  @Test
  void what_is_merely_not_rolled_out_yet_is_no_drift() {
    var comparison =
        ReleaseComparison.compare(
            desired("web:2", "    healthcheck: {test: [CMD, x]}"), running(WEB, MIGRATE));

    assertThat(comparison.drift()).isEmpty();
    assertThat(comparison.newRelease()).isTrue();
    assertThat(comparison.rolloutNeeded()).isTrue();
  }
}
