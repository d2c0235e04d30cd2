package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What deletes or replaces is asked about, where the user wants to be asked. */
class ApprovalTest {
  private static final String OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEc operator";

  /** The key pair is to be replaced. */
  private static Stage asking() {
    var stage = new Stage();
    stage.cluster.apply(Specs.asking(stage.cluster.spec()));
    stage.untilAsDesired();
    stage.cluster.clientKey(OTHER_KEY);
    stage.world.wire().forgetCounts();
    stage.passes(3);
    return stage;
  }

  private static String approval(Stage stage) {
    return Objects.requireNonNull(
        Objects.requireNonNull(stage.status().plan()).approval(), "nothing waits");
  }

  @Test
  void a_replacement_waits_and_says_what_for() {
    var stage = asking();
    assertThat(stage.world.wire().changes()).isEmpty();
    var approved = stage.condition("Approved");
    assertThat(approved.status()).isEqualTo("False");
    assertThat(approved.reason()).isEqualTo("ApprovalRequired");
    assertThat(approved.message())
        .startsWith("Annotate this object with appenv.dev/approve=" + approval(stage) + " to have")
        .contains("delete compute.keyPair " + stage.id("compute.keyPair") + " (to be replaced:");
    assertThat(stage.condition("Stalled").status()).isEqualTo("True");
    assertThat(stage.condition("Ready").reason()).isEqualTo("ApprovalRequired");
  }

  @Test
  void what_was_approved_is_done() {
    var stage = asking();
    stage.cluster.annotate(Annotations.APPROVE, approval(stage));
    stage.untilAsDesired();
    assertThat(stage.world.wire().changes()).contains("DeleteKeyPair", "ImportKeyPair");
    assertThat(stage.condition("Approved").status()).isEqualTo("True");
  }

  @Test
  void what_differs_from_what_was_approved_is_not_done() {
    var stage = asking();
    var shown = approval(stage);
    stage.cluster.clientKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEd operator");
    stage.cluster.annotate(Annotations.APPROVE, shown);
    stage.passes(3);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(approval(stage)).isNotEqualTo(shown);
  }

  @Test
  void what_changes_in_place_does_not_wait() {
    var stage = asking();
    stage.cluster.apply(Specs.sshFrom(stage.cluster.spec(), "198.51.100.0/24"));
    stage.passes(3);
    assertThat(stage.world.wire().changes())
        .contains("AuthorizeSecurityGroupIngress")
        .doesNotContain("DeleteKeyPair");
  }

  @Test
  void deleting_the_environment_is_approval_enough() {
    var stage = asking();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
  }
}
