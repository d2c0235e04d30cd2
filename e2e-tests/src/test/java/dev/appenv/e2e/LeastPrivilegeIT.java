package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.appenv.api.ConditionStatus;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import dev.appenv.operator.aws.call.PublishedPolicies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The operator with no other permissions than those that the chart publishes. The component test of
 * the same name takes away each single one; here it is a few, by a seed ({@code
 * -Dpermissions.seed=...}).
 */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class LeastPrivilegeIT {
  private static final String DATABASE = "database.instance";
  private static final String BUCKET = "storage.bucket";
  private static final String ROLE = "identity.role";
  private static final int TAKEN_AWAY = 4;

  private final TestBed bed;
  private final Aws aws;
  private final List<JsonNode> policies;
  private final Aws.Faulty limits;
  private final Environment brief;
  private final Environment shop;

  LeastPrivilegeIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    policies = PublishedPolicies.of(bed.cluster().id(), null);
    // So that what is read by itself is read often.
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT1S").restart();
    bed.untilDeletionsEnd();
    limits = aws.onlyAllowing(policies);
    brief = bed.environment("brief").spec("{database: {}, bucket: {}}").create();
    shop = bed.environment("allowed").spec("{database: {}, bucket: {}}").create();
  }

  @BeforeAll
  void there() {
    var calls = aws.mark();
    brief.untilInfrastructureReady();
    shop.untilInfrastructureReady();
    assertThat(calls.calls()).isNotEmpty().noneMatch(call -> call.status() == 403);
  }

  @AfterAll
  void goes() {
    limits.close();
    shop.delete();
    brief.delete();
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT10S").restart();
  }

  /** By action what makes the operator need it. */
  private Map<String, Consumer<Environment>> deeds() {
    return Map.of(
        "ec2:RevokeSecurityGroupIngress",
        it -> aws.openPort(it.id("network.machineSecurityGroup"), 5432),
        "ec2:CreateTags",
        it -> aws.name(it.id("network.vpc"), "mine now"),
        "rds:ModifyDBInstance",
        it ->
            aws.rds()
                .modifyDBInstance(r ->
                    r.dbInstanceIdentifier(it.id(DATABASE))
                        .publiclyAccessible(true)
                        .applyImmediately(true)),
        "s3:PutBucketPublicAccessBlock",
        it -> aws.s3().deletePublicAccessBlock(r -> r.bucket(it.id(BUCKET))),
        "iam:DeleteRolePolicy",
        it ->
            aws.iam()
                .putRolePolicy(r ->
                    r.roleName(it.id(ROLE))
                        .policyName("more")
                        .policyDocument(
                            "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}")),
        "ec2:DescribeVpcs",
        it -> {},
        "ec2:DescribeInstances",
        it -> {},
        "rds:DescribeDBInstances",
        it -> {},
        "s3:GetEncryptionConfiguration",
        it -> {},
        "iam:ListRolePolicies",
        it -> {});
  }

  @Test
  void a_whole_life_needs_nothing_else() {
    var calls = aws.mark();
    deeds().values().forEach(deed -> deed.accept(brief));
    var group = brief.id("network.machineSecurityGroup");
    brief.until(SOON, it -> assertThat(aws.isOpen(group, 5432)).isFalse());
    brief.change("{bucket: {versioning: false}, network: {sshFrom: [10.0.0.0/8]}}");
    isWhole(brief);
    brief.delete();
    brief.untilGone();
    assertThat(aws.inventory().of(brief).things()).isEmpty();
    assertThat(calls.calls()).isNotEmpty().noneMatch(call -> call.status() == 403);
  }

  @Test
  void without_a_permission_status_names_it_and_all_goes_on_once_it_is_given() {
    var seed =
        Objects.requireNonNullElse(Long.getLong("permissions.seed"), new Random().nextLong());
    var actions = new ArrayList<>(deeds().keySet().stream().sorted().toList());
    Collections.shuffle(actions, new Random(seed));
    var taken = actions.subList(0, TAKEN_AWAY);
    System.out.printf("Taken away, by -Dpermissions.seed=%d: %s%n", seed, taken);
    var ids = shop.ids();
    for (var action : taken) {
      aws.onlyAllowing(without(action));
      Objects.requireNonNull(deeds().get(action)).accept(shop);
      shop.until(
          SOON,
          it ->
              assertThat(Objects.requireNonNull(it.status().conditions()))
                  .as("without %s", action)
                  .anyMatch(c -> stops(c) && c.message().contains(action)));
      aws.onlyAllowing(policies);
      isWhole(shop);
      assertThat(shop.ids()).as("after %s", action).isEqualTo(ids);
    }
  }

  private static boolean stops(ConditionStatus condition) {
    return condition.type().equals("Stalled")
        ? condition.status().equals("True")
        : condition.status().equals("Unknown");
  }

  private static void isWhole(Environment environment) {
    environment.until(
        SOON,
        it -> {
          assertThat(it.condition("InfrastructureReady"))
              .as(it::conditions)
              .returns("True", ConditionStatus::status)
              .returns(it.get().getMetadata().getGeneration(), ConditionStatus::observedGeneration);
          assertThat(it.condition("Drifted").status()).as(it::conditions).isEqualTo("False");
        });
  }

  private List<JsonNode> without(String action) {
    var less = policies.stream().<JsonNode>map(JsonNode::deepCopy).toList();
    for (var policy : less)
      for (var statement : policy.path("Statement")) {
        if (statement.path("Action") instanceof ArrayNode actions) {
          for (var i = actions.size() - 1; i >= 0; i--)
            if (actions.get(i).asText().equals(action)) actions.remove(i);
        }
      }
    return less;
  }
}
