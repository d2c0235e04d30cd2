package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.hand.DnsHands;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * What is in the account already and looks like ours: none of it may ever be touched. Call it
 * before the operator's first pass.
 */
final class Neighbours {
  private final Stage stage;
  private final Map<String, String> before;

  private Neighbours(Stage stage) {
    this.stage = stage;
    this.before = stage.region.snapshot();
  }

  static Neighbours moveIn(Stage stage) {
    var name = Cluster.OWNER.path() + "/network.vpc";
    lookAlike(stage, Map.of("Name", name));
    lookAlike(
        stage, marked(new Owner(Cluster.CLUSTER_ID, "another-uid", "shop", "shop-main"), name));
    lookAlike(stage, marked(new Owner("another-cluster", Cluster.UID, "shop", "shop-main"), name));
    lookAlike(
        stage,
        OwnerTags.retained(
            new Owner("another-cluster", Cluster.UID, "shop", "shop-main"),
            LogicalName.of("network.vpc")));
    domains(stage);
    return new Neighbours(stage);
  }

  /** Of the same zone: below our domain, beside it, and of another cluster's environment. */
  private static void domains(Stage stage) {
    stage.region.zone(Stage.ZONE, "example.com");
    DnsHands.point(stage, Stage.ZONE, "api." + Stage.DOMAIN, "192.0.2.1");
    DnsHands.point(stage, Stage.ZONE, "_shop.example.com", "192.0.2.2");
    DnsHands.own(
        stage,
        Stage.ZONE,
        "theirs.example.com",
        OwnerTags.of(
            new Owner("another-cluster", Cluster.UID, "shop", "shop-main"),
            LogicalName.of("dns.record")));
  }

  private static Map<String, String> marked(Owner owner, String name) {
    var tags = new TreeMap<>(OwnerTags.of(owner, LogicalName.of("network.vpc")));
    tags.put("Name", name);
    return tags;
  }

  private static void lookAlike(Stage stage, Map<String, String> tags) {
    var vpc =
        stage
            .hand
            .createVpc(r ->
                r.cidrBlock("10.20.0.0/16").tagSpecifications(Ec2Tags.on(ResourceType.VPC, tags)))
            .vpc()
            .vpcId();
    stage.hand.createSecurityGroup(
        r -> r.vpcId(vpc).groupName("appenv-" + Cluster.UID + "-machine").description("not ours"));
    stage.hand.createSubnet(
        r -> r.vpcId(vpc).cidrBlock("10.20.0.0/18").availabilityZone("eu-central-1a"));
  }

  void assertUntouched() {
    var now = stage.region.snapshot();
    assertThat(now).as("what belongs to others").containsAllEntriesOf(before);
  }

  /** Nothing exists but what was there before. */
  void assertAlone() {
    assertThat(stage.region.snapshot()).isEqualTo(before);
  }

  /** Nothing exists but what was there before, what the environment owns, and what AWS adds. */
  void assertNoOrphans() {
    var extra = new TreeSet<>(stage.region.snapshot().keySet());
    extra.removeAll(before.keySet());
    extra.removeAll(stage.owned());
    // Each VPC comes with a main route table and a default group.
    var perVpc = stage.owned().stream().anyMatch(id -> id.startsWith("vpc-")) ? 2 : 0;
    assertThat(extra).as("what nobody owns").hasSize(perVpc);
  }
}
