package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.ResourceStatus;
import dev.appenv.operator.aws.call.OwnerTags;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an environment left behind with Retain is found again by its name, with no id typed. */
class AdoptionTest {
  /** An environment that was given up, and whose manifest was not applied again yet. */
  private static Stage retained() {
    var stage = new Stage();
    stage.giveUp();
    stage.world.wire().forgetCounts();
    return stage;
  }

  private static void adopt(Stage stage) {
    stage.applyAgain(Specs.adopting(stage.cluster.spec()));
  }

  @Test
  void everything_is_found_again_and_nothing_is_created() {
    var stage = retained();
    var ids = stage.region.ids();
    adopt(stage);
    stage.untilAsDesired();
    assertThat(stage.region.ids()).isEqualTo(ids);
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
    assertThat(new TreeSet<>(stage.world.wire().changes()))
        .containsExactly("CreateTags", "DeleteTags");
  }

  @Test
  void one_of_every_noun_is_found_again_with_its_id_and_nothing_is_created() {
    var stage = Stage.withEverything();
    var ids = noted(stage);
    stage.giveUp();
    stage.world.wire().forgetCounts();
    adopt(stage);
    stage.untilAsDesired();
    assertThat(noted(stage))
        .isEqualTo(ids)
        .containsKeys(
            "database.instance",
            "cache.replicationGroup",
            "storage.bucket",
            "identity.role",
            "email.user",
            "dns.record");
    var changes = stage.world.wire().changes();
    assertThat(changes)
        .noneMatch(call -> call.matches("(Create(?!Tags)|Run|Allocate|Import|Restore).*"));
    System.out.printf(
        "adopted %d resources of all nouns: 0 creates, %d changes of tags and passwords%n",
        ids.size(), changes.size());
  }

  private static Map<String, String> noted(Stage stage) {
    return Objects.requireNonNull(stage.status().resources()).stream()
        .collect(Collectors.toMap(ResourceStatus::name, ResourceStatus::id));
  }

  @Test
  void what_was_adopted_bears_no_sign_any_more_that_it_was_given_up() {
    var stage = retained();
    adopt(stage);
    stage.untilAsDesired();
    for (var id : stage.owned())
      assertThat(stage.region.tagsOf(id)).as(id).doesNotContainKey(OwnerTags.RETAINED);
    assertThat(stage.owned()).anyMatch(id -> id.startsWith("vol-"));
  }

  @Test
  void what_was_adopted_is_deleted_with_the_environment() {
    var stage = new Stage();
    var neighbours = Neighbours.moveIn(stage);
    stage.giveUp();
    adopt(stage);
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    neighbours.assertAlone();
  }

  @Test
  void only_what_is_missing_is_created() {
    var stage = retained();
    var address = stage.hand.describeAddresses().addresses().stream().findFirst().orElseThrow();
    stage.hand.disassociateAddress(r -> r.associationId(address.associationId()));
    stage.hand.releaseAddress(r -> r.allocationId(address.allocationId()));
    adopt(stage);
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
    assertThat(stage.world.wire().changes())
        .filteredOn(call -> call.matches("(Create|Run|Allocate|Import).*"))
        .doesNotContain("CreateVpc", "RunInstances")
        .contains("AllocateAddress");
  }

  @Test
  void nothing_is_created_before_what_was_retained_had_time_to_show() {
    var stage = new Stage();
    stage.applyAgain(Specs.adopting(Specs.DEDICATED));
    stage.pass();
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.condition("InfrastructureReady").message())
        .contains("network.vpc", "looking for what was retained; waiting for it to show");
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
  }

  @Test
  void of_two_that_were_retained_none_is_chosen() {
    var stage = retained();
    var vpc = stage.hand.createVpc(r -> r.cidrBlock("10.20.0.0/16")).vpc().vpcId();
    stage.hand.createTags(r ->
        r.resources(vpc)
            .tags(t ->
                t.key(OwnerTags.RETAINED)
                    .value(
                        "%s/%s/network.vpc".formatted(Cluster.CLUSTER_ID, Cluster.OWNER.path()))));
    adopt(stage);
    stage.passes(20);
    assertThat(stage.condition("Ready").reason()).isEqualTo("DuplicateFound");
    assertThat(stage.condition("Ready").message()).contains(vpc);
    assertThat(stage.region.tagsOf(vpc)).doesNotContainKey(OwnerTags.UID);
  }

  @Test
  void without_adopt_nothing_is_taken_over() {
    var stage = retained();
    var ids = stage.region.ids();
    stage.applyAgain(Specs.DEDICATED);
    stage.untilAsDesired();
    assertThat(stage.owned()).isNotEmpty().doesNotContainAnyElementsOf(ids);
  }
}
