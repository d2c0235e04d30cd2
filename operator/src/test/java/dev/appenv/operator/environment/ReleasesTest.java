package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.DriftStatus;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Policy;
import dev.appenv.operator.release.transport.SshTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What users read of a release before the machine was looked at, which takes a while. */
class ReleasesTest {
  private static final SshTarget MACHINE =
      SshTarget.ubuntu(Cluster.UID, "192.0.2.1", "host key", "client key");

  private static final ReleaseStatus RELEASE = new ReleaseStatus("6c673fa", List.of());

  private static ReleaseView first(Report before, long generation) {
    var stage = new Stage();
    var environment = stage.cluster.read();
    environment.getMetadata().setGeneration(generation);
    return Operator.releases(stage.world, new Secrets(stage.cluster.secrets()))
        .advance(
            new Releases.Request(
                environment,
                Cluster.CLUSTER_ID,
                Policy.REPAIR_ALL,
                false,
                Optional.of(MACHINE),
                Optional.empty(),
                Outputs.NONE,
                before,
                stage.world.clock().instant()));
  }

  private static Report reported(Map<String, Verdict> verdicts, DriftStatus... drift) {
    return new Report(
        1L,
        null,
        Conditions.merge(List.of(), verdicts, Instant.EPOCH, 1L),
        null,
        RELEASE,
        List.of(),
        null,
        List.of(drift),
        null,
        null,
        List.of(),
        List.of());
  }

  private static Report live() {
    return reported(
        Map.of(
            Conditions.RELEASED, Verdict.yes("Released", "Commit 6c673fa runs on the machine"),
            Conditions.HEALTHY, Verdict.yes("AllHealthy", "All services are healthy"),
            Conditions.RECONCILING, Verdict.no("Still", "Nothing is under way")));
  }

  @Test
  void a_new_process_says_what_the_one_before_said() {
    var view = first(live(), 1);
    assertThat(view)
        .isEqualTo(
            new ReleaseView(
                Verdict.yes("Released", "Commit 6c673fa runs on the machine"),
                Verdict.yes("AllHealthy", "All services are healthy"),
                RELEASE,
                List.of(),
                false,
                Optional.empty()));
  }

  @Test
  void a_changed_spec_is_under_way() {
    assertThat(first(live(), 2).moving()).isTrue();
  }

  @Test
  void what_was_wrong_is_still_wrong_and_drift_is_still_drift() {
    var failed = Problem.person("ImageMissing", "shop/frontend:v9 is not in the registry");
    var drift =
        new DriftStatus(
            "release.frontend",
            "container",
            "present",
            "absent",
            "release",
            Instant.EPOCH,
            "Repairing");
    var ofNetwork =
        new DriftStatus("network.vpc", "tags[team]", "shop", "x", "cosmetic", Instant.EPOCH, null);
    var view =
        first(
            reported(
                Map.of(
                    Conditions.RELEASED, Verdict.no(failed),
                    Conditions.HEALTHY, Verdict.unknown(failed.reason(), failed.message()),
                    Conditions.STALLED, Verdict.yes(failed.reason(), failed.message()),
                    Conditions.RECONCILING, Verdict.yes("Progressing", failed.message())),
                drift,
                ofNetwork),
            1);
    assertThat(view.problem()).contains(failed);
    assertThat(view.moving()).isTrue();
    assertThat(DriftStatuses.of(view.drift(), List.of(drift), Instant.MAX)).containsExactly(drift);
  }

  @Test
  void what_stalls_the_infrastructure_is_no_problem_of_the_release() {
    var report =
        reported(
            Map.of(
                Conditions.RELEASED, Verdict.yes("Released", "Commit 6c673fa runs on the machine"),
                Conditions.HEALTHY, Verdict.yes("AllHealthy", "All services are healthy"),
                Conditions.STALLED, Verdict.yes("AccessDenied", "ec2:DescribeVpcs is denied")));
    assertThat(first(report, 1).problem()).isEmpty();
  }

  @Test
  void what_was_never_released_waits_for_its_machine() {
    var view = first(Report.of(null), 1);
    assertThat(view.released())
        .isEqualTo(Verdict.no("Connecting", "Connecting to the machine 192.0.2.1"));
    assertThat(view.moving()).isTrue();
  }
}
