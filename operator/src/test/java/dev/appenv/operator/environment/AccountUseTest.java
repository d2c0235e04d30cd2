package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.memory.Wire;
import org.junit.jupiter.api.Test;

/** What an environment may do in an account, and as whom. */
class AccountUseTest {
  private static void assertLeftAlone(Stage stage, String reason) {
    stage.pass();
    stage.world.wire().forgetCounts();
    stage.passes(10);
    assertThat(stage.world.wire().counts()).isEmpty();
    assertThat(stage.condition("Ready").reason()).isEqualTo(reason);
    assertThat(stage.condition("Stalled").status()).isEqualTo("True");
  }

  @Test
  void nothing_is_made_for_a_namespace_that_is_not_listed() {
    var stage = new Stage();
    stage.cluster.allowNamespaces("blog");
    assertLeftAlone(stage, "NamespaceNotAllowed");
    stage.cluster.allowNamespaces("blog", "shop");
    stage.untilAsDesired();
  }

  @Test
  void when_a_namespace_is_taken_out_nothing_is_deleted_and_nothing_is_made() {
    var stage = Stage.created();
    stage.cluster.allowNamespaces("blog");
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.hand.terminateInstances(r -> r.instanceIds(stage.id("compute.instance")));
    assertLeftAlone(stage, "NamespaceNotAllowed");
    assertThat(stage.status().resources()).hasSize(13);
  }

  @Test
  void when_a_namespace_is_taken_out_an_environment_can_still_be_deleted() {
    var stage = Stage.created();
    stage.cluster.allowNamespaces("blog");
    stage.passes(2);
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
  }

  @Test
  void when_a_region_is_taken_out_an_environment_can_still_be_deleted() {
    var stage = Stage.created();
    stage.cluster.allowRegions("eu-west-1");
    assertLeftAlone(stage, "RegionNotAllowed");
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
  }

  @Test
  void an_account_that_leads_elsewhere_is_neither_used_nor_taken_for_empty() {
    var stage = Stage.created();
    stage.cluster.role("123456789012", "arn:aws:iam::999999999999:role/appenv");
    assertLeftAlone(stage, "AccountChanged");
    stage.cluster.delete();
    stage.passes(10);
    assertThat(stage.cluster.isGone()).isFalse();
    assertThat(stage.world.wire().counts()).isEmpty();
    assertThat(stage.condition("Stalled").reason()).isEqualTo("AccountChanged");
    stage.cluster.role("123456789012", "arn:aws:iam::123456789012:role/appenv");
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
  }

  @Test
  void what_is_changed_is_changed_in_the_environments_session_and_what_is_shared_is_not() {
    var stage = Stage.withBucket();
    stage.cluster.apply(Specs.sshFrom(stage.cluster.spec(), "198.51.100.0/24"));
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changingSessions()).containsExactly("shop.shop-main");
    var other = Stage.created();
    other.passes(2);
    other.world.wire().forgetCounts();
    other.passes(10);
    assertThat(other.world.wire().readingSessions()).containsExactly(Wire.NOBODY.name());
  }
}
