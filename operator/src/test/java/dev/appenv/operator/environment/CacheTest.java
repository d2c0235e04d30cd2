package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.hand.CacheHands;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A cache beside the machine. */
class CacheTest {
  private static final String GROUP = "cache.replicationGroup";

  @Test
  void is_encrypted_closed_and_as_wished() {
    var stage = new Stage();
    stage.cluster.apply(
        Specs.cache(Specs.DEDICATED, "{engine: Redis, nodes: 2, snapshotRetentionDays: 7}"));
    stage.untilAsDesired();
    var cache = stage.cache();
    assertThat(cache.engine()).isEqualTo("redis");
    assertThat(cache.memberClusters()).hasSize(2);
    assertThat(cache.automaticFailoverAsString()).isEqualTo("enabled");
    assertThat(cache.multiAZAsString()).isEqualTo("enabled");
    assertThat(cache.snapshotRetentionLimit()).isEqualTo(7);
    assertThat(cache.transitEncryptionModeAsString()).isEqualTo("required");
    assertThat(cache.atRestEncryptionEnabled()).isTrue();
    assertThat(cache.authTokenEnabled()).isTrue();
  }

  @Test
  void is_told_to_the_application_once_it_answers() {
    var stage = Stage.withCache();
    var told = told(stage);
    var host = stage.cache().nodeGroups().getFirst().primaryEndpoint().address();
    var token = stage.region.cacheTokens(stage.id(GROUP)).getLast();
    assertThat(told)
        .containsEntry("REDIS_HOST", host)
        .containsEntry("REDIS_PORT", "6379")
        .containsEntry("REDIS_PASSWORD", token)
        .containsEntry("REDIS_URL", "rediss://:%s@%s:6379/0".formatted(token, host));
  }

  private static Map<String, String> told(Stage stage) {
    var secret =
        stage.cluster.secrets().get(Cluster.OWNER.namespace(), Cluster.OWNER.name() + "-outputs");
    return GeneratedSecrets.decoded(Objects.requireNonNull(secret));
  }

  @Test
  void another_password_is_set_once_and_then_told() {
    var stage = Stage.withCache();
    var before = stage.region.cacheTokens(stage.id(GROUP));
    stage.cluster.annotate(Annotations.ROTATE, "1");
    stage.world.wire().forgetCounts();
    stage.passes(20);
    assertThat(stage.isAsDesired()).isTrue();
    assertThat(stage.world.wire().changes()).containsExactly("ModifyReplicationGroup");
    var tokens = stage.region.cacheTokens(stage.id(GROUP));
    assertThat(tokens).hasSize(before.size() + 1).doesNotHaveDuplicates();
    assertThat(told(stage)).containsEntry("REDIS_PASSWORD", tokens.getLast());
  }

  @Test
  void still_takes_no_call_that_changes_and_no_more_lists_than_types() {
    var stage = Stage.withCache();
    stage.passes(5);
    stage.world.wire().forgetCounts();
    stage.passes(20);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.world.wire().counts())
        .doesNotContainKeys("ListTagsForResource")
        .containsEntry("GetResources", 2 * stage.world.wire().calls("DescribeReplicationGroups"));
  }

  @Test
  void a_newer_minor_version_is_no_drift() {
    var stage = Stage.withCache();
    CacheHands.modify(stage, r -> r.engineVersion("8.1"));
    stage.passes(8);
    assertThat(stage.drift()).isEmpty();
    assertThat(stage.isAsDesired()).isTrue();
  }

  @Test
  void a_higher_major_version_is_an_upgrade_in_place() {
    var stage = new Stage();
    stage.cluster.apply(Specs.cache(Specs.DEDICATED, "{version: '7.2'}"));
    stage.untilAsDesired();
    stage.cluster.apply(Specs.cache(Specs.DEDICATED, "{version: '8.0'}"));
    stage.world.wire().forgetCounts();
    stage.untilAsDesired();
    assertThat(stage.world.wire().changes()).containsExactly("ModifyReplicationGroup");
  }

  @Test
  void deleted_with_the_environment_leaves_a_snapshot() {
    var stage = Stage.withCache();
    var id = stage.id(GROUP);
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.region.cacheSnapshots()).singleElement().asString().startsWith(id + "-final-");
    assertThat(stage.owned()).isEmpty();
  }

  @Test
  void with_delete_leaves_no_snapshot() {
    var stage = new Stage();
    stage.cluster.apply(Specs.discarding(Specs.cache(Specs.DEDICATED, "{}")));
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.region.cacheSnapshots()).isEmpty();
    assertThat(stage.owned()).isEmpty();
  }

  @Test
  void goes_before_what_it_stands_on() {
    var stage = Stage.withCache();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changes())
        .containsSubsequence("DeleteReplicationGroup", "DeleteCacheSubnetGroup", "DeleteSubnet");
    assertThat(stage.world.wire().refusals()).isEmpty();
  }

  @Test
  void no_longer_wished_for_is_deleted_alone() {
    var stage = Stage.withCache();
    stage.cluster.apply(Specs.cache(stage.cluster.spec(), null));
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
    assertThat(stage.region.cacheSnapshots()).hasSize(1);
  }

  @Test
  void adopted_is_the_same_with_its_data() {
    var stage = Stage.withCache();
    var id = stage.id(GROUP);
    stage.giveUp();
    stage.applyAgain(Specs.adopting(stage.cluster.spec()));
    stage.untilAsDesired();
    assertThat(stage.id(GROUP)).isEqualTo(id);
    assertThat(stage.ownedNames()).isEqualTo(CacheStories.ALL_NAMES);
  }
}
