package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.DriftStatus;
import dev.appenv.operator.aws.AwsInfrastructure;
import dev.appenv.operator.aws.memory.World;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whatever somebody changes at the console is named, put right, and left alone where the policy
 * only asks for a report.
 */
@Execution(ExecutionMode.CONCURRENT)
class DriftTest {
  /** Seen within: lists are at most a sweep interval old. */
  private static final int SOON = 4;

  /** What is known by its name is read by itself, every twelve sweep intervals. */
  private static final int LATER = 26;

  /** And what is dear to read, every thirty. */
  private static final int MUCH_LATER = 64;

  private static final String BOUNDARY = "arn:aws:iam::123456789012:policy/machines";

  /** Made again only when a person says so; see {@link BucketTest}. */
  private static final String ASKED_ABOUT = "S3 bucket";

  /** What nobody can change in place in AWS, what AWS may move, and what cannot be read. */
  private static final Set<String> BEYOND_REACH =
      Set.of(
          "vpcId",
          "cidrBlock",
          "availabilityZone",
          "subnetId",
          "imageId",
          "publicKey",
          "userData",
          "rootVolume",
          "engine",
          "nodes",
          "subnetGroup",
          "encryptionAtRest",
          "name",
          "authTokenEnabled",
          "authToken",
          "identity",
          "accessKeyId",
          "interfaces"); // of others, and so left there; see ForeignersTest

  /**
   * @param resource logical name
   * @param field what is named; an id of AWS in it is written {@code {logical.name}}
   */
  private record Deed(String resource, String field, Consumer<Wrecker> done) {
    @Override
    public String toString() {
      return resource + " " + field;
    }

    int soon() {
      if (resource.startsWith("email.")) return MUCH_LATER;
      return resource.matches("(storage|identity|dns).*") ? LATER : SOON;
    }

    /** What the resource is part of is there where it is wished for. */
    AppEnvironmentSpec spec() {
      if (resource.startsWith("cache.")) return Specs.cache(Specs.DEDICATED, "{}");
      if (resource.startsWith("dns.")) return Specs.domain(Specs.DEDICATED, Stage.DOMAIN);
      if (resource.startsWith("email."))
        return Specs.email(Specs.DEDICATED, "{from: noreply@shop.example.com}");
      return soon() == LATER || field.matches("iamInstanceProfile|.*HopLimit")
          ? Specs.bucket(Specs.DEDICATED, "{}")
          : Specs.DEDICATED;
    }

    String fieldName() {
      return field.replaceAll("\\[.*", "");
    }
  }

  private static final List<Deed> DEEDS =
      List.of(
          new Deed(
              "network.machineSecurityGroup",
              "ingress[tcp/5432 from 0.0.0.0/0]",
              w -> w.open("network.machineSecurityGroup", 5432)),
          new Deed(
              "network.machineSecurityGroup",
              "ingress[tcp/443 from 0.0.0.0/0]",
              w -> w.close("network.machineSecurityGroup", 443)),
          new Deed(
              "network.dataSecurityGroup",
              "ingress[tcp/5432 from {network.machineSecurityGroup}]",
              w -> w.closeToMachine(5432)),
          new Deed(
              "network.dataSecurityGroup",
              "egress[tcp/25 to 0.0.0.0/0]",
              w -> w.letOut("network.dataSecurityGroup", 25)),
          new Deed(
              "network.machineSecurityGroup",
              "egress[all to 0.0.0.0/0]",
              w -> w.letNothingOut("network.machineSecurityGroup")),
          new Deed(
              "network.publicSubnetA",
              "mapPublicIpOnLaunch",
              w -> w.mapPublic("network.publicSubnetA", false)),
          new Deed(
              "network.privateSubnetB",
              "mapPublicIpOnLaunch",
              w -> w.mapPublic("network.privateSubnetB", true)),
          new Deed(
              "network.publicRouteTable",
              "routes[192.0.2.0/24 via {network.internetGateway}]",
              w -> w.route("network.publicRouteTable", "192.0.2.0/24")),
          new Deed(
              "network.privateRouteTable",
              "routes[0.0.0.0/0 via {network.internetGateway}]",
              w -> w.route("network.privateRouteTable", "0.0.0.0/0")),
          new Deed(
              "network.publicRouteTable",
              "routes[0.0.0.0/0 via {network.internetGateway}]",
              w -> w.unroute("network.publicRouteTable", "0.0.0.0/0")),
          new Deed(
              "network.publicRouteTable",
              "associations[{network.publicSubnetA}]",
              w -> w.disassociate("network.publicRouteTable", "network.publicSubnetA")),
          new Deed(
              "network.privateRouteTable",
              "associations[{network.privateSubnetA}]",
              w ->
                  w.moveTo(
                      "network.privateRouteTable",
                      "network.privateSubnetA",
                      "network.publicRouteTable")),
          new Deed(
              "network.internetGateway",
              "attachment",
              w -> {
                w.disassociateAddress();
                w.detachGateway();
              }),
          new Deed("compute.instance", "state", Wrecker::stop),
          new Deed("compute.instance", "type", w -> w.changeType("t3.2xlarge")),
          new Deed(
              "compute.instance",
              "securityGroups[{network.dataSecurityGroup}]",
              w -> w.groups("network.machineSecurityGroup", "network.dataSecurityGroup")),
          new Deed(
              "compute.instance",
              "securityGroups[{network.machineSecurityGroup}]",
              w -> w.groups("network.dataSecurityGroup")),
          new Deed("compute.instance", "metadataOptions.httpTokens", Wrecker::allowImdsV1),
          new Deed("compute.address", "instance", Wrecker::disassociateAddress),
          new Deed(
              "storage.bucket", "publicAccessBlock[blockPublicAcls]", Wrecker::allowPublicAcls),
          new Deed("storage.bucket", "objectOwnership", Wrecker::allowObjectsOfOthers),
          new Deed("storage.bucket", "policy", Wrecker::makePublic),
          new Deed("storage.bucket", "cors", Wrecker::allowAllOrigins),
          new Deed("storage.bucket", "encryption", Wrecker::forgetEncryption),
          new Deed("storage.bucket", "versioning", Wrecker::suspendVersioning),
          new Deed(
              "storage.bucket",
              "lifecycle[all objects, older versions expire after 30 d, uploads end after 7 d]",
              Wrecker::keepAllVersions),
          new Deed("storage.bucket", "tags[Name]", Wrecker::renameBucket),
          new Deed("identity.role", "trustPolicy", Wrecker::trustAnybody),
          new Deed("identity.role", "permissions", w -> w.allow("appenv")),
          new Deed("identity.role", "otherPolicies[more]", w -> w.allow("more")),
          new Deed(
              "identity.role",
              "otherPolicies[arn:aws:iam::aws:policy/AdministratorAccess]",
              w -> w.attach("arn:aws:iam::aws:policy/AdministratorAccess")),
          new Deed("identity.role", "permissionsBoundary", Wrecker::unbound),
          new Deed("identity.role", "tags[Name]", Wrecker::tagRole),
          new Deed("identity.role", "IAM role", Wrecker::role),
          new Deed("identity.instanceProfile", "role", Wrecker::takeRoleOut),
          new Deed("identity.instanceProfile", "instance profile", Wrecker::profile),
          new Deed("compute.instance", "iamInstanceProfile", Wrecker::takeProfileOff),
          new Deed("compute.instance", "metadataOptions.httpPutResponseHopLimit", Wrecker::oneHop),
          new Deed(
              "cache.subnetGroup", "subnets[{network.publicSubnetB}]", Wrecker::moveSubnetGroup),
          new Deed(
              "cache.subnetGroup",
              "tags[Name]",
              w -> w.renameCache("cache.subnetGroup", "subnetgroup")),
          new Deed("cache.subnetGroup", "cache subnet group", Wrecker::subnetGroup),
          new Deed("cache.replicationGroup", "replication group", Wrecker::replicationGroup),
          new Deed(
              "cache.replicationGroup",
              "tags[Name]",
              w -> w.renameCache("cache.replicationGroup", "replicationgroup")),
          new Deed(
              "cache.replicationGroup",
              "majorVersion",
              w -> w.modifyCache(r -> r.engineVersion("9.0"))),
          new Deed(
              "cache.replicationGroup",
              "nodeType",
              w -> w.modifyCache(r -> r.cacheNodeType("cache.r7g.large"))),
          new Deed(
              "cache.replicationGroup",
              "automaticFailover",
              w -> w.modifyCache(r -> r.automaticFailoverEnabled(true))),
          new Deed(
              "cache.replicationGroup", "multiAz", w -> w.modifyCache(r -> r.multiAZEnabled(true))),
          new Deed(
              "cache.replicationGroup",
              "autoMinorVersionUpgrade",
              w -> w.modifyCache(r -> r.autoMinorVersionUpgrade(false))),
          new Deed(
              "cache.replicationGroup",
              "snapshotRetentionDays",
              w -> w.modifyCache(r -> r.snapshotRetentionLimit(0))),
          new Deed(
              "cache.replicationGroup",
              "securityGroups[{network.machineSecurityGroup}]",
              Wrecker::letMachineGroupIntoCache),
          new Deed(
              "cache.replicationGroup",
              "encryptionInTransit",
              w -> w.modifyCache(r -> r.transitEncryptionEnabled(false))),
          new Deed("dns.record", "value", w -> w.point(Stage.DOMAIN, "192.0.2.99")),
          new Deed("dns.record", "value", w -> w.forget(Stage.DOMAIN)),
          new Deed("dns.record", "ttl", Wrecker::keepLong),
          new Deed("dns.record", "DNS record", Wrecker::record),
          new Deed("email.identity", "tags[Name]", Wrecker::renameMailIdentity),
          new Deed("email.identity", "dkimSigning", Wrecker::stopDkim),
          new Deed("email.identity", "policies[theirs]", Wrecker::letOthersSend),
          new Deed("email.identity", "email identity", Wrecker::mailIdentity),
          new Deed("email.user", "tags[Name]", Wrecker::tagUser),
          new Deed("email.user", "permissions", w -> w.allowUser("appenv")),
          new Deed("email.user", "otherPolicies[more]", w -> w.allowUser("more")),
          new Deed(
              "email.user",
              "otherPolicies[arn:aws:iam::aws:policy/AdministratorAccess]",
              w -> w.attachToUser("arn:aws:iam::aws:policy/AdministratorAccess")),
          new Deed("email.user", "groups[admins]", w -> w.addUserToGroup("admins")),
          new Deed("email.user", "loginProfile", Wrecker::consolePassword),
          new Deed("email.user", "permissionsBoundary", Wrecker::unboundUser),
          new Deed("email.user", "IAM user", Wrecker::user),
          new Deed("email.accessKey", "status", Wrecker::deactivateKey),
          new Deed("email.accessKey", "otherKeys[AKIA000000000002]", Wrecker::anotherKey),
          new Deed("email.accessKey", "access key", Wrecker::key),
          tags("network.vpc"),
          tags("network.internetGateway"),
          tags("network.publicSubnetA"),
          tags("network.privateRouteTable"),
          tags("network.dataSecurityGroup"),
          tags("compute.keyPair"),
          tags("compute.instance"),
          tags("compute.address"),
          new Deed("network.vpc", "tags[team]", w -> w.untag("network.vpc", "team")),
          new Deed(
              "network.internetGateway",
              "internet gateway",
              w -> {
                w.disassociateAddress();
                w.gateway();
              }),
          new Deed("network.publicSubnetB", "subnet", w -> w.subnet("network.publicSubnetB")),
          new Deed("network.privateSubnetA", "subnet", w -> w.subnet("network.privateSubnetA")),
          new Deed(
              "network.publicRouteTable",
              "route table",
              w -> w.routeTable("network.publicRouteTable")),
          new Deed(
              "network.privateRouteTable",
              "route table",
              w -> w.routeTable("network.privateRouteTable")),
          new Deed(
              "network.dataSecurityGroup",
              "security group",
              w -> w.group("network.dataSecurityGroup")),
          new Deed("compute.keyPair", "key pair", Wrecker::keyPair),
          new Deed("compute.instance", "instance", Wrecker::instance),
          new Deed("compute.address", "elastic IP", Wrecker::address),
          new Deed("network.vpc", "VPC", Wrecker::everything));

  private static Deed tags(String resource) {
    return new Deed(resource, "tags[Name]", w -> w.tag(resource, "Name", "mine now"));
  }

  /** Each of them from beginning to end. */
  static List<Story> stories() {
    return DEEDS.stream()
        .map(deed ->
            new Story(
                deed + ", done by hand",
                s -> {
                  s.cluster.permissionsBoundary(BOUNDARY);
                  s.cluster.apply(deed.spec());
                  s.untilAsDesired();
                },
                s -> deed.done().accept(new Wrecker(s)),
                s -> {
                  s.passes(deed.soon());
                  s.untilAsDesired();
                },
                Story::isWhole))
        .toList();
  }

  private static String expected(Stage stage, Deed deed) {
    return Pattern.compile("\\{(.*?)}")
        .matcher(deed.field())
        .replaceAll(match -> stage.id(match.group(1)));
  }

  private static Set<String> named(Stage stage) {
    return stage.drift().stream()
        .map(d -> d.resource() + " " + d.field())
        .collect(Collectors.toSet());
  }

  @TestFactory
  Stream<DynamicTest> is_named_and_repaired() {
    return DEEDS.stream()
        .map(deed ->
            dynamicTest(
                deed.toString(),
                () -> {
                  var stage = new Stage();
                  stage.cluster.permissionsBoundary(BOUNDARY);
                  stage.nameZone();
                  stage.cluster.apply(deed.spec());
                  stage.untilAsDesired();
                  var names = stage.ownedNames();
                  var wanted = deed.resource() + " " + expected(stage, deed);
                  deed.done().accept(new Wrecker(stage));
                  var seen = new TreeSet<String>();
                  for (var i = 0; i < deed.soon() && !seen.contains(wanted); i++) {
                    stage.pass();
                    seen.addAll(named(stage));
                  }
                  assertThat(seen).contains(wanted);
                  stage.untilAsDesired();
                  assertThat(stage.instance().state().nameAsString()).isEqualTo("running");
                  assertThat(stage.ownedNames()).isEqualTo(names).doesNotHaveDuplicates();
                }));
  }

  @TestFactory
  Stream<DynamicTest> is_only_reported_where_the_policy_says_so() {
    return DEEDS.stream()
        .map(deed ->
            dynamicTest(
                deed.toString(),
                () -> {
                  var stage = new Stage();
                  stage.cluster.permissionsBoundary(BOUNDARY);
                  stage.nameZone();
                  stage.cluster.apply(Specs.reportOnly(deed.spec()));
                  stage.untilAsDesired();
                  var wanted = deed.resource() + " " + expected(stage, deed);
                  deed.done().accept(new Wrecker(stage));
                  stage.world.wire().forgetCounts();
                  stage.passes(deed.soon());
                  assertThat(named(stage)).contains(wanted);
                  assertThat(stage.drift())
                      .extracting(DriftStatus::action)
                      .containsOnly("Reported");
                  assertThat(stage.condition("Drifted").status()).isEqualTo("True");
                  assertThat(stage.world.wire().changes()).isEmpty();
                }));
  }

  @Test
  void is_put_right_once_the_policy_lets_it() {
    var stage = new Stage();
    stage.cluster.apply(Specs.reportOnly(Specs.DEDICATED));
    stage.untilAsDesired();
    new Wrecker(stage).everything();
    stage.passes(SOON);
    stage.cluster.apply(Specs.DEDICATED);
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).hasSize(13).doesNotHaveDuplicates();
  }

  @Test
  void is_only_reported_while_suspended() {
    var stage = Stage.created();
    stage.cluster.apply(Specs.suspended(stage.cluster.spec()));
    new Wrecker(stage).open("network.machineSecurityGroup", 5432);
    stage.world.wire().forgetCounts();
    stage.passes(SOON);
    assertThat(stage.drift()).extracting(DriftStatus::action).containsExactly("Reported");
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void what_is_ignored_is_neither_told_nor_touched() {
    var stage = new Stage();
    stage.cluster.apply(
        Specs.drift(Specs.DEDICATED, "{ignore: [{resource: compute.instance, field: type}]}"));
    stage.untilAsDesired();
    new Wrecker(stage).changeType("t3.2xlarge");
    stage.world.wire().forgetCounts();
    stage.passes(SOON);
    assertThat(named(stage)).isEmpty();
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void a_change_the_user_asked_for_is_never_called_drift() {
    var stage = Stage.created();
    stage.cluster.apply(
        Specs.sshFrom(Specs.instanceType(stage.cluster.spec(), "t3.large"), "198.51.100.0/24"));
    stage.cluster.accountTags(Map.of("team", "web"));
    for (var i = 0; i < 30; i++) {
      stage.pass();
      assertThat(named(stage)).isEmpty();
    }
    assertThat(stage.isAsDesired()).isTrue();
  }

  @Test
  void a_change_the_user_asked_for_is_made_whatever_the_policy_on_drift() {
    var stage = new Stage();
    stage.cluster.apply(Specs.reportOnly(Specs.DEDICATED));
    stage.untilAsDesired();
    stage.cluster.apply(Specs.instanceType(stage.cluster.spec(), "t3.large"));
    stage.untilAsDesired();
    assertThat(stage.instance().instanceTypeAsString()).isEqualTo("t3.large");
    assertThat(stage.instance().state().nameAsString()).isEqualTo("running");
  }

  @Test
  void every_field_that_can_be_reached_by_hand_is_among_these() {
    var reached =
        DEEDS.stream().map(Deed::fieldName).collect(Collectors.toCollection(TreeSet::new));
    reached.addAll(BEYOND_REACH);
    reached.add(ASKED_ABOUT);
    var slots =
        new AwsInfrastructure(
                new World(),
                Cluster.CLUSTER_ID,
                Duration.ZERO,
                Duration.ZERO,
                Operator.SMTP_HOST,
                Operator.ONE_BY_ONE,
                InstantSource.system())
            .slots();
    for (var slot : slots) {
      // DatabaseTest tries those.
      if (slot.name().value().startsWith("database.")) continue;
      var facts = slot.type().facts();
      assertThat(reached).as(slot.name().value()).containsAll(facts.fields().names());
      assertThat(reached).as("deleting a " + facts.title()).contains(facts.title());
    }
  }
}
