package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.hand.ComputeHands;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Role;

/** The machine has a role where there is something to use it for, and it may do no more. */
class IdentityTest {
  @Test
  void the_role_may_use_the_own_bucket_and_nothing_else() {
    var stage = Stage.withBucket();
    var role = stage.id("identity.role");
    var policies = stage.identity.listRolePolicies(r -> r.roleName(role)).policyNames();
    assertThat(policies).containsExactly("appenv");
    var document =
        URLDecoder.decode(
            stage
                .identity
                .getRolePolicy(r -> r.roleName(role).policyName("appenv"))
                .policyDocument(),
            StandardCharsets.UTF_8);
    assertThat(document)
        .contains("\"arn:aws:s3:::%s\"".formatted(stage.bucket()))
        .contains("\"arn:aws:s3:::%s/*\"".formatted(stage.bucket()))
        .doesNotContain("s3:*", "\"*\"", "s3:DeleteBucket");
    assertThat(stage.identity.getRole(r -> r.roleName(role)).role().path())
        .isEqualTo("/appenv/shop/shop-main/");
  }

  @Test
  void the_role_is_bound_by_the_policy_that_the_account_names() {
    var stage = new Stage();
    stage.cluster.permissionsBoundary("arn:aws:iam::123456789012:policy/one");
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.untilAsDesired();
    assertThat(stage.world.wire().changes()).doesNotContain("PutRolePermissionsBoundary");
    stage.cluster.permissionsBoundary("arn:aws:iam::123456789012:policy/another");
    stage.passes(4);
    var role = stage.identity.getRole(r -> r.roleName(stage.id("identity.role"))).role();
    assertThat(role.permissionsBoundary().permissionsBoundaryArn()).endsWith("policy/another");
  }

  @Test
  void a_new_machine_starts_with_it_and_its_containers_reach_it() {
    var stage = Stage.withBucket();
    assertThat(stage.instance().iamInstanceProfile().arn())
        .endsWith("/" + stage.id("identity.instanceProfile"));
    assertThat(stage.instance().metadataOptions().httpPutResponseHopLimit()).isEqualTo(2);
    assertThat(stage.world.wire().changes())
        .containsSubsequence("AddRoleToInstanceProfile", "RunInstances")
        .doesNotContain("AssociateIamInstanceProfile");
    assertThat(stage.world.wire().refusals()).isEmpty();
  }

  @Test
  void a_machine_that_is_there_gets_it_and_loses_it_with_the_bucket() {
    var stage = Stage.created();
    var machine = stage.id("compute.instance");
    assertThat(stage.instance().iamInstanceProfile()).isNull();
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.untilAsDesired();
    var profile =
        stage
            .identity
            .getInstanceProfile(r -> r.instanceProfileName(stage.id("identity.instanceProfile")))
            .instanceProfile();
    assertThat(profile.roles())
        .extracting(Role::roleName)
        .containsExactly(stage.id("identity.role"));
    assertThat(stage.instance().iamInstanceProfile().arn()).endsWith(profile.instanceProfileName());

    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, null));
    stage.untilAsDesired();
    stage.passes(3);
    assertThat(stage.id("compute.instance")).isEqualTo(machine);
    assertThat(stage.instance().iamInstanceProfile()).isNull();
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
  }

  @Test
  void a_profile_that_somebody_put_in_its_place_is_replaced() {
    var stage = Stage.withBucket();
    stage.identity.createInstanceProfile(r -> r.instanceProfileName("theirs").path("/"));
    stage.identity.addRoleToInstanceProfile(
        r -> r.instanceProfileName("theirs").roleName(stage.id("identity.role")));
    ComputeHands.takeProfileOff(stage);
    stage.hand.associateIamInstanceProfile(
        r -> r.instanceId(stage.id("compute.instance")).iamInstanceProfile(p -> p.name("theirs")));
    stage.passes(4);
    assertThat(stage.instance().iamInstanceProfile().arn())
        .endsWith("/" + stage.id("identity.instanceProfile"));
    assertThat(stage.world.wire().changes()).contains("ReplaceIamInstanceProfileAssociation");
  }

  @Test
  void it_goes_with_the_environment_after_the_machine_and_with_what_others_put_into_it() {
    var stage = new Stage();
    var neighbours = Neighbours.moveIn(stage);
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    neighbours.assertAlone();
    assertThat(stage.world.wire().changes())
        .containsSubsequence("TerminateInstances", "DeleteInstanceProfile", "DeleteRole");
    assertThat(stage.world.wire().refusals()).isEmpty();
  }
}
