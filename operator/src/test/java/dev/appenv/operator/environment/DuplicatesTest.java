package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.OperationStatus;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.resource.Ec2Tags;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Two that bear our marks: which is ours is never guessed. */
class DuplicatesTest {
  private static final List<String> VPC_ONLY = List.of("network.vpc");

  private static String second(Stage stage) {
    var tags = stage.region.tagsOf(stage.id("network.vpc"));
    return stage
        .hand
        .createVpc(
            r -> r.cidrBlock("10.20.0.0/16").tagSpecifications(Ec2Tags.on(ResourceType.VPC, tags)))
        .vpc()
        .vpcId();
  }

  @Test
  void are_named_and_neither_is_touched() {
    var stage = Stage.created();
    var ours = stage.id("network.vpc");
    var other = second(stage);
    stage.world.wire().forgetCounts();
    stage.passes(5);
    assertThat(stage.condition("InfrastructureReady").reason()).isEqualTo("DuplicateFound");
    assertThat(stage.condition("Stalled").message()).contains(ours + " and " + other);
    assertThat(Objects.requireNonNull(stage.status().operations()))
        .extracting(OperationStatus::resource)
        .isEqualTo(VPC_ONLY);
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void end_when_somebody_takes_the_mark_off_one() {
    var stage = Stage.created();
    var other = second(stage);
    stage.passes(5);
    stage.hand.deleteTags(r -> r.resources(other).tags(t -> t.key(OwnerTags.UID)));
    stage.untilAsDesired();
    assertThat(stage.region.ids()).contains(other);
  }

  @Test
  void are_not_deleted_with_the_environment() {
    var stage = Stage.created();
    var ours = stage.id("network.vpc");
    var other = second(stage);
    stage.cluster.delete();
    stage.passes(30);
    assertThat(stage.cluster.isGone()).isFalse();
    assertThat(stage.region.ids()).contains(ours, other);
    assertThat(stage.condition("Ready").message())
        .contains("all bear the tags of this environment's network.vpc");
  }

  @Test
  void a_mark_taken_off_our_own_makes_it_unknown_and_starts_no_second() {
    var stage = Stage.created();
    var ours = stage.id("network.vpc");
    stage.hand.deleteTags(r -> r.resources(ours).tags(t -> t.key(OwnerTags.UID)));
    stage.world.wire().forgetCounts();
    stage.passes(5);
    assertThat(stage.condition("InfrastructureReady").status()).isEqualTo("Unknown");
    assertThat(stage.condition("InfrastructureReady").message())
        .contains(ours + " is there but does not bear the tags");
    assertThat(stage.world.wire().changes()).isEmpty();
  }
}
