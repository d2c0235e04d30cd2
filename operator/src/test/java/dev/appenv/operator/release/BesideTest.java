package dev.appenv.operator.release;

import static dev.appenv.operator.release.FakeRollouts.A;
import static dev.appenv.operator.release.FakeRollouts.B;
import static dev.appenv.operator.release.FakeRollouts.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.release.RolloutResult.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the edge leads to is started beside what serves. */
class BesideTest {
  private static final Ingress INGRESS = Ingress.to("web", 80);

  @TempDir Path folder;
  private FakeHost host;
  private FakeRollouts rollouts;

  @BeforeEach
  void start() throws IOException {
    host = new FakeHost(folder);
    rollouts = new FakeRollouts(host);
    rollouts.rolled(rollouts.edge());
  }

  private DesiredRelease release(String commit) {
    return rollouts.desired(new ReleaseIdentity("c1", "u1", commit), INGRESS, "web", "worker");
  }

  private String routes() {
    return host.root.resolve("edge").resolve("routes").resolve("routes.yml").toString();
  }

  @Test
  void the_edge_leads_to_the_new_release_and_the_old_one_goes() throws IOException {
    rollouts.rolled(release(A));
    var next = release(B);

    var state = rollouts.rolled(next);

    assertThat(names(state)).containsExactly("app-web-2", "app-worker-2");
    assertThat(Path.of(routes()))
        .content()
        .contains("http://web-" + next.id() + ":80")
        .doesNotContain("aaaaaaa");
    assertThat(ReleaseComparison.compare(next, state))
        .isEqualTo(new ReleaseComparison(List.of(), false));
    assertThat(rollouts.desiredMachine(next).compare(host.machine()).drift()).isEmpty();
  }

  @Test
  void no_old_container_is_stopped_before_the_edge_leads_to_the_new_one() throws IOException {
    rollouts.rolled(release(A));
    host.shell.lostBefore = command -> command.contains("'switch'");

    rollouts.failed(release(B));

    assertThat(names(host.observe())).contains("app-web-1", "app-web-2");
    assertThat(host.observe().containers()).allMatch(RunningState.Container::running);
  }

  @Test
  void one_that_does_not_get_healthy_goes_and_nothing_else_was_touched() throws IOException {
    var old = release(A);
    rollouts.rolled(old);
    host.set("unhealthy-" + B.substring(0, 7), "");

    var failed = rollouts.failed(release(B));

    assertThat(failed.reason()).isEqualTo(Reason.UNHEALTHY);
    assertThat(failed.oldReleaseKept()).isTrue();
    assertThat(names(host.observe())).containsExactly("app-web-1", "app-worker-1");
    assertThat(ReleaseComparison.compare(old, host.observe()).rolloutNeeded()).isFalse();
  }

  @Test
  void a_sick_release_gives_way_to_one_that_is_well() throws IOException {
    rollouts.rolled(release(A));
    host.edit("id-web-1", "\"health\":null", "\"health\":\"unhealthy\"");

    var state = rollouts.rolled(release(B));

    assertThat(names(state)).containsExactly("app-web-2", "app-worker-2");
  }

  @Test
  void one_cut_off_anywhere_ends_in_the_next_run_whatever_that_is_to_be() throws IOException {
    var commits = List.of("c", "d", "e", "f").iterator();
    rollouts.rolled(release(A));
    for (var step : List.of("'start'", "'switch'", "'retire'", "'clean'")) {
      host.shell.lostBefore = command -> command.contains(step);
      rollouts.roll(release(B));
      host.shell.lostBefore = command -> false;

      var next = release(commits.next().repeat(40));
      var state = rollouts.rolled(next);

      assertThat(state.containers()).as(step).hasSize(2);
      assertThat(ReleaseComparison.compare(next, state).rolloutNeeded()).as(step).isFalse();
    }
  }

  @Test
  void what_is_not_ours_gives_way_before_the_edge_takes_its_ports() throws IOException {
    host.foreign("f1", "old-proxy", "running");

    rollouts.rolled(rollouts.edge());

    assertThat(host.observe().containers()).noneMatch(RunningState.Container::running);
  }

  @Test
  void routes_that_somebody_edits_are_drift_and_put_back() throws IOException {
    var release = release(A);
    rollouts.rolled(release);
    Files.writeString(Path.of(routes()), "http: {}");

    assertThat(ReleaseComparison.compare(release, host.observe()).drift())
        .extracting(d -> d.field())
        .contains("files[routes.yml]");
    assertThat(ReleaseComparison.compare(release, rollouts.rolled(release)).rolloutNeeded())
        .isFalse();
  }
}
