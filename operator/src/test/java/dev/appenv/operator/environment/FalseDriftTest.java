package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appenv.operator.aws.hand.DnsHands;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * What is not ours to mind is never drift, costs no change, and is not written down. A failure
 * names its seed; {@code -Dquiet.seed=...} runs that one.
 */
class FalseDriftTest {
  private static final int PASSES = 1000;
  private static final long SEED = Long.getLong("quiet.seed", 20261126);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATABASE = "database.instance";
  private static final String BUCKET = "storage.bucket";
  private static final String ROLE = "identity.role";

  /** AWS does something by itself, or somebody something that means nothing to us. */
  private interface Move {
    void happen(Stage stage, Random random);
  }

  private static final List<Move> MOVES =
      List.of(
          FalseDriftTest::newerMinorVersionOfTheDatabase,
          FalseDriftTest::newerMinorVersionOfTheCache,
          FalseDriftTest::failover,
          FalseDriftTest::dailyBackup,
          FalseDriftTest::somethingIsPending,
          FalseDriftTest::storageGrows,
          FalseDriftTest::subnetsInAnotherOrder,
          FalseDriftTest::tagsOfOthers,
          FalseDriftTest::tagsOfOthersOnTheBucket,
          FalseDriftTest::policiesInOtherWords,
          FalseDriftTest::corsInAnotherOrder,
          FalseDriftTest::rulesInAnotherOrder,
          FalseDriftTest::othersMakeThingsBesides,
          (stage, random) -> stage.store(random.nextInt(3)));

  @Test
  void a_thousand_passes_over_what_nobody_changed_find_nothing() {
    pass(stage(), false);
  }

  @Test
  void nor_do_they_after_moves_in_aws_that_are_not_ours_to_mind() {
    pass(stage(), true);
  }

  private static Stage stage() {
    var stage = new Stage();
    stage.nameZone();
    stage.cluster.apply(
        Specs.bucket(
            Specs.EVERYTHING,
            "{cors: [{allowedOrigins: ['https://a.example', 'https://b.example'], allowedMethods: [GET, PUT]}]}"));
    stage.untilAsDesired();
    stage.passes(20);
    return stage;
  }

  private static void pass(Stage stage, boolean moving) {
    var random = new Random(SEED);
    var writes = stage.cluster.writes();
    var moves = 0;
    stage.world.wire().forgetCounts();
    for (var i = 0; i < PASSES; i++) {
      var what = "pass %d with -Dquiet.seed=%d".formatted(i, SEED);
      if (moving && random.nextInt(3) == 0) {
        MOVES.get(random.nextInt(MOVES.size())).happen(stage, random);
        moves++;
      }
      stage.pass();
      assertThat(stage.drift()).as(what).isEmpty();
      assertThat(stage.world.wire().changes()).as(what).isEmpty();
      assertThat(stage.cluster.writes() - writes).as("status writes until " + what).isZero();
    }
    System.out.printf(
        "%d passes, %d moves that are not ours to mind: 0 drift, 0 changes, 0 status writes%n",
        PASSES, moves);
  }

  private static void newerMinorVersionOfTheDatabase(Stage stage, Random random) {
    stage
        .region
        .databases()
        .edit(stage.id(DATABASE), i -> i.engineVersion("17." + (5 + random.nextInt(9))));
  }

  private static void newerMinorVersionOfTheCache(Stage stage, Random random) {
    stage.region.bringCache(
        stage.id("cache.replicationGroup"), "8.%d.1".formatted(random.nextInt(9)));
  }

  private static void failover(Stage stage, Random random) {
    stage
        .region
        .databases()
        .edit(
            stage.id(DATABASE),
            i -> i.availabilityZone("eu-central-1" + "abc".charAt(random.nextInt(3))));
  }

  private static void dailyBackup(Stage stage, Random random) {
    stage
        .region
        .databases()
        .edit(
            stage.id(DATABASE),
            i ->
                i.dbInstanceStatus(random.nextBoolean() ? "backing-up" : "available")
                    .latestRestorableTime(stage.world.clock().instant()));
  }

  private static void somethingIsPending(Stage stage, Random random) {
    stage
        .region
        .databases()
        .edit(
            stage.id(DATABASE),
            i ->
                i.caCertificateIdentifier("rds-ca-" + random.nextInt(3))
                    .pendingModifiedValues(p ->
                        p.engineVersion("17." + random.nextInt(20))
                            .caCertificateIdentifier("rds-ca-next")));
  }

  private static void storageGrows(Stage stage, Random random) {
    var grown = 20 + random.nextInt(60);
    stage
        .region
        .databases()
        .edit(
            stage.id(DATABASE),
            i -> i.allocatedStorage(Math.max(i.build().allocatedStorage(), grown)));
  }

  private static void subnetsInAnotherOrder(Stage stage, Random random) {
    var subnets =
        new ArrayList<>(
            List.of(stage.id("network.privateSubnetA"), stage.id("network.privateSubnetB")));
    Collections.shuffle(subnets, random);
    stage
        .rds()
        .modifyDBSubnetGroup(
            r -> r.dbSubnetGroupName(stage.id("database.subnetGroup")).subnetIds(subnets));
    stage
        .elastiCache()
        .modifyCacheSubnetGroup(
            r -> r.cacheSubnetGroupName(stage.id("cache.subnetGroup")).subnetIds(subnets));
  }

  private static void tagsOfOthers(Stage stage, Random random) {
    var key = "theirs-" + random.nextInt(3);
    var noted = Objects.requireNonNull(stage.status().resources());
    var id = noted.get(random.nextInt(noted.size())).id();
    if (!id.matches("(vpc|igw|subnet|rtb|sg|key|i|eipalloc)-[0-9a-f]+")) return;
    if (random.nextBoolean())
      stage.ec2().createTags(r -> r.resources(id).tags(t -> t.key(key).value("x")));
    else stage.ec2().deleteTags(r -> r.resources(id).tags(t -> t.key(key)));
  }

  private static void tagsOfOthersOnTheBucket(Stage stage, Random random) {
    var tags =
        new ArrayList<>(stage.s3().getBucketTagging(r -> r.bucket(stage.id(BUCKET))).tagSet());
    tags.removeIf(tag -> tag.key().startsWith("theirs-"));
    tags.add(Tag.builder().key("theirs-" + random.nextInt(3)).value("x").build());
    Collections.shuffle(tags, random);
    stage.s3().putBucketTagging(r -> r.bucket(stage.id(BUCKET)).tagging(t -> t.tagSet(tags)));
  }

  private static void policiesInOtherWords(Stage stage, Random random) {
    var bucket = stage.id(BUCKET);
    var policy = stage.s3().getBucketPolicy(r -> r.bucket(bucket)).policy();
    stage.s3().putBucketPolicy(r -> r.bucket(bucket).policy(otherWords(policy, random)));
    var role = stage.id(ROLE);
    var permissions =
        stage.iam().getRolePolicy(r -> r.roleName(role).policyName("appenv")).policyDocument();
    stage
        .iam()
        .putRolePolicy(r ->
            r.roleName(role)
                .policyName("appenv")
                .policyDocument(otherWords(plain(permissions), random)));
    var trust = stage.iam().getRole(r -> r.roleName(role)).role().assumeRolePolicyDocument();
    stage
        .iam()
        .updateAssumeRolePolicy(
            r -> r.roleName(role).policyDocument(otherWords(plain(trust), random)));
  }

  /** IAM gives its documents URL-encoded. */
  private static String plain(String document) {
    return URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  /**
   * Keys and lists in another order, a list of one as its element or the other way round, spaces.
   */
  private static String otherWords(String policy, Random random) {
    try {
      var tree = shuffled(JSON.readTree(policy), random);
      return random.nextBoolean() ? tree.toPrettyString() : tree.toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError(policy, e);
    }
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node.isObject()) {
      var keys = new ArrayList<String>();
      node.fieldNames().forEachRemaining(keys::add);
      Collections.shuffle(keys, random);
      var object = JSON.createObjectNode();
      for (var key : keys) {
        var value = shuffled(node.get(key), random);
        var single = value.isTextual() && key.matches("Action|Resource");
        object.set(key, single && random.nextBoolean() ? JSON.createArrayNode().add(value) : value);
      }
      return object;
    }
    if (!node.isArray()) return node;
    if (node.size() == 1 && random.nextBoolean()) return shuffled(node.get(0), random);
    var elements = new ArrayList<JsonNode>();
    node.forEach(e -> elements.add(shuffled(e, random)));
    Collections.shuffle(elements, random);
    return JSON.createArrayNode().addAll(elements);
  }

  private static void corsInAnotherOrder(Stage stage, Random random) {
    var bucket = stage.id(BUCKET);
    var rule = stage.s3().getBucketCors(r -> r.bucket(bucket)).corsRules().getFirst();
    var other =
        CORSRule.builder()
            .allowedMethods(shuffled(rule.allowedMethods(), random))
            .allowedOrigins(shuffled(rule.allowedOrigins(), random))
            .build();
    stage.s3().putBucketCors(r -> r.bucket(bucket).corsConfiguration(c -> c.corsRules(other)));
  }

  private static List<String> shuffled(List<String> words, Random random) {
    var shuffled = new ArrayList<>(words);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static void rulesInAnotherOrder(Stage stage, Random random) {
    var id = stage.id("network.machineSecurityGroup");
    var rules =
        stage
            .ec2()
            .describeSecurityGroups(r -> r.groupIds(id))
            .securityGroups()
            .getFirst()
            .ipPermissions();
    var rule = rules.get(random.nextInt(rules.size()));
    stage.ec2().revokeSecurityGroupIngress(r -> r.groupId(id).ipPermissions(rule));
    stage.ec2().authorizeSecurityGroupIngress(r -> r.groupId(id).ipPermissions(rule));
  }

  private static void othersMakeThingsBesides(Stage stage, Random random) {
    var vpc =
        stage.ec2().createVpc(r -> r.cidrBlock("10.%d.0.0/16".formatted(random.nextInt(99)))).vpc();
    DnsHands.point(
        stage,
        Stage.ZONE,
        "theirs-%d.%s".formatted(random.nextInt(9), Stage.DOMAIN),
        "192.0.2." + random.nextInt(99));
    stage
        .ec2()
        .createSecurityGroup(r -> r.vpcId(vpc.vpcId()).groupName("theirs").description("theirs"));
    stage
        .iam()
        .createRole(
            r -> r.roleName("theirs-" + vpc.vpcId()).path("/").assumeRolePolicyDocument("{}"));
  }
}
