package dev.appenv.operator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.account.Preflight.Identity;
import dev.appenv.operator.account.Preflight.Permissions;
import dev.appenv.operator.aws.call.PublishedPolicies;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Resolution;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What AWS says of an account beforehand. */
class AwsPreflightTest {
  private static final String ZONE = "Z0123456789";
  private static final String REGION = "eu-central-1";
  private static final String CLUSTER = "cluster-1";
  private static final Identity ROLE =
      new Identity(
          "123456789012", "arn:aws:sts::123456789012:assumed-role/appenv/appenv-cluster-1");

  private final World world = new World();

  private AwsPreflight preflight(@Nullable String role, String... regions) {
    var account = new AwsAccount();
    account.setMetadata(new ObjectMetaBuilder().withName("dev").build());
    account.setSpec(
        new AwsAccountSpec(
            role == null ? null : new AwsAccountSpec.AssumeRole(role, null),
            regions.length == 0 ? null : List.of(regions),
            List.of("*"),
            null,
            null,
            null));
    return new AwsPreflight(
        world, new Accounts(name -> account), PublishedPolicies.of(CLUSTER, ZONE));
  }

  private Resolution<Permissions> simulated(List<JsonNode> allowed) {
    world.region("dev", REGION).allow(allowed);
    return preflight(null, REGION).permissions("dev", ROLE);
  }

  private static List<JsonNode> without(String action) {
    var policies = PublishedPolicies.of(CLUSTER, ZONE);
    for (var policy : policies)
      for (var statement : policy.path("Statement"))
        if (statement.path("Action") instanceof ArrayNode actions)
          for (var i = actions.size() - 1; i >= 0; i--) {
            if (actions.get(i).asText().equals(action)) actions.remove(i);
          }
        else if (statement.path("Action").asText().equals(action))
          ((ObjectNode) statement).put("Action", "none:None");
    return policies;
  }

  private static Resolution<Permissions> found(String... denied) {
    return new Resolution.Found<>(
        new Permissions(PublishedPolicies.actions().size(), new TreeSet<>(List.of(denied))));
  }

  @Test
  void aws_says_who_we_are() {
    assertThat(preflight(null).identity("dev")).isEqualTo(new Resolution.Found<>(ROLE));
  }

  @Test
  void a_region_that_is_not_enabled_is_not_the_last_to_be_asked() {
    world
        .wire()
        .hook(site -> {
          if (site.index() == 0 && site.isBefore())
            throw AwsErrors.refused("InvalidClientTokenId", "The security token is invalid");
          return CallHook.Answer.AS_IT_IS;
        });
    assertThat(preflight(null, "me-south-1").identity("dev"))
        .isEqualTo(new Resolution.Found<>(ROLE));
    assertThat(world.wire().calls("GetCallerIdentity")).isEqualTo(2);
  }

  @Test
  void regions_are_enabled_or_not() {
    assertThat(preflight(null).regions("dev"))
        .isEqualTo(
            new Resolution.Found<>(
                Map.of("eu-central-1", true, "eu-south-1", true, "me-south-1", false)));
  }

  @Test
  void who_has_the_published_policies_lacks_nothing() {
    assertThat(simulated(PublishedPolicies.of(CLUSTER, ZONE))).isEqualTo(found());
  }

  @Test
  void any_action_that_is_missing_is_named() {
    for (var action : PublishedPolicies.actions())
      assertThat(simulated(without(action))).as(action).isEqualTo(found(action));
  }

  @Test
  void policies_for_another_cluster_do_not_allow_changes_in_this_one() {
    assertThat(simulated(PublishedPolicies.of("another-cluster", ZONE)))
        .isInstanceOfSatisfying(
            Resolution.Found.class,
            found ->
                assertThat(((Permissions) found.value()).denied())
                    .contains("ec2:CreateVpc", "ec2:DeleteVpc")
                    .doesNotContain("ec2:DescribeVpcs"));
  }

  @Test
  void what_is_not_simulated_is_not_known_and_ends_with_the_first_call() {
    world
        .wire()
        .hook(site -> {
          if (site.operation().equals("SimulatePrincipalPolicy") && site.isBefore())
            throw AwsErrors.broken();
          return CallHook.Answer.AS_IT_IS;
        });
    assertThat(simulated(List.of()))
        .isEqualTo(
            new Resolution.Failed<>(
                Outcome.Cause.UNCERTAIN, "Ec2 failed with HTTP 500 InternalError; trying again"));
    assertThat(world.wire().calls("SimulatePrincipalPolicy")).isEqualTo(1);
  }

  @Test
  void an_answer_in_which_nothing_is_says_nothing() {
    world.wire().hook(_ -> CallHook.Answer.EMPTY);
    var preflight = preflight(null, REGION);
    assertThat(preflight.identity("dev")).isEqualTo(nothing("who we are"));
    assertThat(preflight.regions("dev")).isEqualTo(nothing("which regions there are"));
    assertThat(preflight.permissions("dev", ROLE))
        .isEqualTo(nothing("whether ec2:DescribeAddresses is allowed"));
  }

  private static Resolution<?> nothing(String of) {
    return new Resolution.Failed<>(
        Outcome.Cause.UNCERTAIN,
        "AWS did not answer: it does not say %s; trying again".formatted(of));
  }

  @Test
  void the_root_user_is_not_simulated() {
    var root = new Identity("123456789012", "arn:aws:iam::123456789012:root");
    assertThat(preflight(null).permissions("dev", root))
        .isEqualTo(
            new Resolution.Failed<>(
                Outcome.Cause.REFUSED,
                "IAM simulates users and roles only, and not arn:aws:iam::123456789012:root"));
    assertThat(world.wire().counts()).isEmpty();
  }

  @Test
  void a_role_that_iam_does_not_find_is_said_so() {
    var other = new Identity("123456789012", "arn:aws:sts::123456789012:assumed-role/other/x");
    assertThat(preflight(null, REGION).permissions("dev", other))
        .isEqualTo(
            new Resolution.Failed<>(
                Outcome.Cause.REFUSED,
                "IAM has no arn:aws:iam::123456789012:role/other; is the role under a path? Name it"
                    + " in spec.assumeRole"));
  }

  @Test
  void the_path_of_a_role_that_is_assumed_is_known() {
    var role = "arn:aws:iam::123456789012:role/team/appenv";
    assertThat(Simulation.source(ROLE, role)).contains(role);
    assertThat(Simulation.source(ROLE, "arn:aws:iam::123456789012:role/else"))
        .contains("arn:aws:iam::123456789012:role/appenv");
    assertThat(Simulation.source(new Identity("1", "arn:aws:iam::123456789012:user/ann"), null))
        .contains("arn:aws:iam::123456789012:user/ann");
  }
}
