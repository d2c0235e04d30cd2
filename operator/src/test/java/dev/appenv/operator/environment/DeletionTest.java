package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.appenv.api.OperationStatus;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeletionTest {
  @Test
  void leaves_nothing_and_touches_nothing_of_others() {
    var stage = new Stage();
    var neighbours = Neighbours.moveIn(stage);
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    neighbours.assertAlone();
  }

  @Test
  void takes_what_depends_on_others_first_so_that_aws_never_has_to_refuse() {
    var stage = Stage.created();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changes())
        .containsSubsequence("DisassociateAddress", "ReleaseAddress", "TerminateInstances")
        .containsSubsequence("TerminateInstances", "DeleteSecurityGroup", "DeleteVpc")
        .containsSubsequence("TerminateInstances", "DeleteKeyPair")
        .containsSubsequence("TerminateInstances", "DeleteSubnet", "DeleteVpc")
        .containsSubsequence("DetachInternetGateway", "DeleteInternetGateway", "DeleteVpc")
        .endsWith("DeleteVpc");
    assertThat(stage.world.wire().refusals()).isEmpty();
  }

  @Test
  void of_what_was_never_begun_ends_at_once_without_a_change() {
    var stage = new Stage();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void needs_no_account_object_that_may_be_gone_to_know_where() {
    var stage = Stage.created();
    stage.cluster.delete();
    stage.restart();
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
  }

  @Test
  void names_the_machine_of_others_that_blocks_it() {
    var stage = Stage.created();
    var subnet = stage.id("network.privateSubnetA");
    var theirs =
        stage
            .hand
            .runInstances(r ->
                r.imageId("ami-amd64")
                    .instanceType("t3.small")
                    .keyName("appenv-" + Cluster.UID)
                    .subnetId(subnet)
                    .metadataOptions(o -> o.httpTokens("required")))
            .instances()
            .getFirst()
            .instanceId();
    stage.cluster.delete();
    stage.passes(30);
    assertThat(stage.cluster.isGone()).isFalse();
    assertThat(Objects.requireNonNull(stage.status().operations()))
        .filteredOn(o -> o.resource().equals("network.privateSubnetA"))
        .extracting(OperationStatus::action, OperationStatus::blocked)
        .containsExactly(
            tuple(
                "Delete",
                "network.privateSubnetA: %s is still used by what is not of this environment: eni-%s of %s; delete that"
                    .formatted(subnet, theirs.substring(2), theirs)));
    assertThat(stage.condition("Stalled").reason()).isEqualTo("InUse");
    stage.hand.terminateInstances(r -> r.instanceIds(theirs));
    stage.untilGone();
  }

  @Test
  void with_retain_deletes_nothing_and_takes_our_mark_off_everything() {
    var stage = Stage.created();
    stage.cluster.apply(Specs.retained(stage.cluster.spec()));
    stage.untilAsDesired();
    var ids = stage.region.ids();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.region.ids()).isEqualTo(ids);
    assertThat(stage.owned()).isEmpty();
    assertThat(stage.region.tagged(OwnerTags.CLUSTER, Cluster.CLUSTER_ID)).isEmpty();
    assertThat(Set.copyOf(stage.world.wire().changes()))
        .containsExactlyInAnyOrder("CreateTags", "DeleteTags");
  }

  @Test
  void with_retain_leaves_word_of_whose_it_was() {
    var stage = Stage.created();
    stage.cluster.apply(Specs.retained(stage.cluster.spec()));
    stage.untilAsDesired();
    var vpc = stage.id("network.vpc");
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.region.tagsOf(vpc))
        .containsEntry(
            OwnerTags.RETAINED,
            "%s/%s/network.vpc".formatted(Cluster.CLUSTER_ID, Cluster.OWNER.path()));
  }

  @Test
  void with_retain_leaves_a_volume_of_others_on_the_machine_as_it_is() {
    var stage = Stage.created();
    var other = new Owner(Cluster.CLUSTER_ID, "another-uid", "shop", "other");
    var tags = OwnerTags.withoutResource(OwnerTags.of(other, LogicalName.of("compute.instance")));
    var volume = stage.region.attachVolume(stage.id("compute.instance"), tags);
    stage.cluster.apply(Specs.retained(stage.cluster.spec()));
    stage.passes(3);
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.owned()).isEmpty();
    assertThat(stage.region.tagsOf(volume)).isEqualTo(tags);
  }
}
