package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.ReleaseStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is left in the cluster of an environment whose data were kept, and what it is good for. */
class TombstonesTest {
  private static final ReleaseStatus RELEASE =
      new ReleaseStatus(
          "20e9e5ed3c8a",
          List.of(
              new ReleaseStatus.ServiceStatus(
                  "web", "registry.example.com/web:2@sha256:7e73", null, "Healthy"),
              new ReleaseStatus.ServiceStatus("db", "postgres:17@sha256:ab12", null, "Healthy")));

  private final Stage stage = new Stage();

  private void live() {
    stage.cluster.apply(Specs.withDatabase(Specs.DEDICATED));
    stage.untilAsDesired();
  }

  private void end() {
    stage.cluster.delete();
    stage.untilGone();
  }

  @Test
  void it_says_which_snapshot_of_which_branch_commit_and_images() {
    live();
    stage.cluster.noted(Serialization.asJson(RELEASE));
    stage.restart();
    end();
    assertThat(stage.cluster.tombstones())
        .singleElement()
        .satisfies(map ->
            assertThat(map.getData())
                .containsEntry(
                    "snapshot",
                    stage.region.databases().snapshots().getFirst().dbSnapshotIdentifier())
                .containsEntry("resource", "database.instance")
                .containsEntry("repository", "https://git.example.com/acme/shop.git")
                .containsEntry("branch", "main")
                .containsEntry("commit", "20e9e5ed3c8a")
                .containsEntry(
                    "images",
                    "db=postgres:17@sha256:ab12\nweb=registry.example.com/web:2@sha256:7e73"));
  }

  @Test
  void it_names_no_commit_where_nothing_ever_ran() {
    live();
    end();
    assertThat(stage.cluster.tombstones().getFirst().getData())
        .doesNotContainKeys("commit", "images")
        .containsKeys("snapshot", "branch");
  }

  @Test
  void another_environment_of_the_name_is_raised_from_what_it_names() {
    live();
    end();
    var snapshot = stage.cluster.tombstones().getFirst().getData().get("snapshot");
    var asked = new AtomicReference<String>();
    stage.region.databases().watchRestores(asked::set);
    stage.applyAgain(Specs.database(Specs.DEDICATED, "{restoreFrom: {environment: shop-main}}"));
    stage.untilAsDesired();
    assertThat(asked).hasValue(snapshot);
    assertThat(stage.ownedNames()).contains("database.instance");
  }
}
