package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hand.Never;
import dev.appenv.operator.aws.hand.Hand.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Somebody works on the network. */
public final class NetworkHands {
  private static final String VPC = "network.vpc";
  private static final String GATEWAY = "network.internetGateway";
  private static final String PUBLIC_A = "network.publicSubnetA";
  private static final String PUBLIC_B = "network.publicSubnetB";
  private static final String PRIVATE_A = "network.privateSubnetA";
  private static final String PRIVATE_B = "network.privateSubnetB";
  private static final List<String> SUBNETS = List.of(PUBLIC_A, PUBLIC_B, PRIVATE_A, PRIVATE_B);
  private static final String PUBLIC_TABLE = "network.publicRouteTable";
  private static final String PRIVATE_TABLE = "network.privateRouteTable";
  private static final String MACHINE_GROUP = "network.machineSecurityGroup";
  private static final String DATA_GROUP = "network.dataSecurityGroup";

  private static final String OF_OTHERS =
      "it may reach what is in the network, and is not ours to delete";

  static final List<Hand> ALL =
      Stream.of(vpc(), gateway(), subnets(), tables(), groups()).flatMap(List::stream).toList();

  private NetworkHands() {}

  private static List<Hand> vpc() {
    return List.of(
        tag(VPC),
        new Change(
            VPC,
            "tags",
            "team",
            c -> c.ec2().deleteTags(r -> r.resources(c.id(VPC)).tags(t -> t.key("team")))),
        new Told(VPC, "interfaces", c -> occupy(c, subnetOfOthers(c), List.of()), OF_OTHERS),
        new Never(VPC, "cidrBlock", "AWS never changes the first block of a VPC"),
        new Change(VPC, "VPC", NetworkHands::everything));
  }

  private static List<Hand> gateway() {
    return List.of(
        tag(GATEWAY),
        new Change(GATEWAY, "attachment", NetworkHands::detachGateway),
        new Change(GATEWAY, "internet gateway", NetworkHands::deleteGateway));
  }

  private static List<Hand> subnets() {
    var hands = new ArrayList<Hand>();
    for (var subnet : SUBNETS) {
      var isPublic = subnet.startsWith("network.public");
      hands.add(tag(subnet));
      hands.add(new Told(subnet, "interfaces", c -> occupy(c, c.id(subnet), List.of()), OF_OTHERS));
      hands.add(new Never(subnet, "vpcId", "a subnet stays in its VPC"));
      hands.add(new Never(subnet, "cidrBlock", "the block of a subnet is fixed"));
      hands.add(new Never(subnet, "availabilityZone", "a subnet stays in its zone"));
      hands.add(
          new Change(
              subnet,
              "mapPublicIpOnLaunch",
              c ->
                  c.ec2()
                      .modifySubnetAttribute(r ->
                          r.subnetId(c.id(subnet)).mapPublicIpOnLaunch(v -> v.value(!isPublic)))));
      hands.add(
          new Change(
              subnet,
              "subnet",
              c -> {
                if (subnet.equals(PUBLIC_A)) ComputeHands.terminate(c);
                deleteSubnet(c, subnet);
              }));
    }
    return hands;
  }

  private static List<Hand> tables() {
    return List.of(
        tag(PUBLIC_TABLE),
        tag(PRIVATE_TABLE),
        new Never(PUBLIC_TABLE, "vpcId", "a route table stays in its VPC"),
        new Never(PRIVATE_TABLE, "vpcId", "a route table stays in its VPC"),
        new Change(
            PUBLIC_TABLE,
            "routes",
            "192.0.2.0/24 via {network.internetGateway}",
            c -> route(c, PUBLIC_TABLE, "192.0.2.0/24")),
        new Change(
            PUBLIC_TABLE,
            "routes",
            "0.0.0.0/0 via {network.internetGateway}",
            c ->
                c.ec2()
                    .deleteRoute(
                        r -> r.routeTableId(c.id(PUBLIC_TABLE)).destinationCidrBlock("0.0.0.0/0"))),
        new Change(
            PRIVATE_TABLE,
            "routes",
            "0.0.0.0/0 via {network.internetGateway}",
            c -> route(c, PRIVATE_TABLE, "0.0.0.0/0")),
        new Change(
            PUBLIC_TABLE,
            "associations",
            "{network.publicSubnetA}",
            c ->
                c.ec2()
                    .disassociateRouteTable(
                        r -> r.associationId(association(c, PUBLIC_TABLE, PUBLIC_A)))),
        new Change(
            PRIVATE_TABLE,
            "associations",
            "{network.privateSubnetA}",
            c -> moveTo(c, c.id(PUBLIC_TABLE))),
        new Change(PUBLIC_TABLE, "route table", c -> deleteTable(c, PUBLIC_TABLE)),
        new Change(PRIVATE_TABLE, "route table", c -> deleteTable(c, PRIVATE_TABLE)));
  }

  private static List<Hand> groups() {
    return List.of(
        tag(MACHINE_GROUP),
        tag(DATA_GROUP),
        joined(MACHINE_GROUP),
        joined(DATA_GROUP),
        new Never(MACHINE_GROUP, "vpcId", "a security group stays in its VPC"),
        new Never(DATA_GROUP, "vpcId", "a security group stays in its VPC"),
        new Change(
            MACHINE_GROUP,
            "ingress",
            "tcp/5432 from 0.0.0.0/0",
            c -> openPort(c, MACHINE_GROUP, 5432)),
        new Change(
            MACHINE_GROUP,
            "ingress",
            "tcp/443 from 0.0.0.0/0",
            c ->
                c.ec2()
                    .revokeSecurityGroupIngress(
                        r -> r.groupId(c.id(MACHINE_GROUP)).ipPermissions(anywhere(443)))),
        new Change(
            MACHINE_GROUP,
            "egress",
            "all to 0.0.0.0/0",
            c ->
                c.ec2()
                    .revokeSecurityGroupEgress(r ->
                        r.groupId(c.id(MACHINE_GROUP))
                            .ipPermissions(
                                p -> p.ipProtocol("-1").ipRanges(i -> i.cidrIp("0.0.0.0/0"))))),
        new Change(
            DATA_GROUP,
            "ingress",
            "tcp/5432 from {network.machineSecurityGroup}",
            c ->
                c.ec2()
                    .revokeSecurityGroupIngress(r ->
                        r.groupId(c.id(DATA_GROUP))
                            .ipPermissions(p ->
                                p.ipProtocol("tcp")
                                    .fromPort(5432)
                                    .toPort(5432)
                                    .userIdGroupPairs(g -> g.groupId(c.id(MACHINE_GROUP)))))),
        new Change(
            DATA_GROUP,
            "egress",
            "tcp/25 to 0.0.0.0/0",
            c ->
                c.ec2()
                    .authorizeSecurityGroupEgress(
                        r -> r.groupId(c.id(DATA_GROUP)).ipPermissions(anywhere(25)))),
        new Change(
            MACHINE_GROUP,
            "security group",
            c -> {
              ComputeHands.terminate(c);
              var rules = group(c, DATA_GROUP).ipPermissions();
              c.ec2()
                  .revokeSecurityGroupIngress(
                      r -> r.groupId(c.id(DATA_GROUP)).ipPermissions(rules));
              deleteGroup(c, MACHINE_GROUP);
            }),
        new Change(DATA_GROUP, "security group", c -> deleteGroup(c, DATA_GROUP)));
  }

  private static Told joined(String group) {
    return new Told(
        group, "interfaces", c -> occupy(c, c.id(PUBLIC_B), List.of(c.id(group))), OF_OTHERS);
  }

  private static void occupy(Console c, String subnet, List<String> groups) {
    c.ec2()
        .createNetworkInterface(
            r -> r.subnetId(subnet).groups(groups).description("of somebody else"));
  }

  private static String subnetOfOthers(Console c) {
    // Ours take up all of the first block.
    c.ec2().associateVpcCidrBlock(r -> r.vpcId(c.id(VPC)).cidrBlock("10.21.0.0/24"));
    return c.ec2()
        .createSubnet(
            r -> r.vpcId(c.id(VPC)).cidrBlock("10.21.0.0/24").availabilityZone("eu-central-1a"))
        .subnet()
        .subnetId();
  }

  /** Of any resource of EC2. */
  static Change tag(String resource) {
    return new Change(
        resource,
        "tags",
        "Name",
        c ->
            c.ec2()
                .createTags(
                    r -> r.resources(c.id(resource)).tags(t -> t.key("Name").value("mine now"))));
  }

  /** Deletes all that EC2 has of an environment without data. */
  public static void everything(Console c) {
    ComputeHands.terminate(c);
    ComputeHands.releaseAddress(c);
    ComputeHands.deleteKeyPair(c);
    deleteGroup(c, DATA_GROUP);
    deleteGroup(c, MACHINE_GROUP);
    deleteTable(c, PUBLIC_TABLE);
    deleteTable(c, PRIVATE_TABLE);
    c.ec2().detachInternetGateway(r -> r.internetGatewayId(c.id(GATEWAY)).vpcId(c.id(VPC)));
    c.ec2().deleteInternetGateway(r -> r.internetGatewayId(c.id(GATEWAY)));
    SUBNETS.forEach(subnet -> deleteSubnet(c, subnet));
    c.ec2().deleteVpc(r -> r.vpcId(c.id(VPC)));
  }

  public static void openPort(Console c, String group, int port) {
    c.ec2()
        .authorizeSecurityGroupIngress(r -> r.groupId(c.id(group)).ipPermissions(anywhere(port)));
  }

  /** A private subnet gets another route table. */
  public static void moveTo(Console c, String table) {
    c.ec2()
        .replaceRouteTableAssociation(
            r -> r.associationId(association(c, PRIVATE_TABLE, PRIVATE_A)).routeTableId(table));
  }

  /** AWS refuses as long as a machine that runs has a public address. */
  private static void detachGateway(Console c) {
    ComputeHands.disassociateAddress(c);
    ComputeHands.stop(c);
    c.ec2().detachInternetGateway(r -> r.internetGatewayId(c.id(GATEWAY)).vpcId(c.id(VPC)));
  }

  private static void deleteGateway(Console c) {
    detachGateway(c);
    c.ec2().deleteInternetGateway(r -> r.internetGatewayId(c.id(GATEWAY)));
  }

  private static void deleteSubnet(Console c, String name) {
    c.ec2().deleteSubnet(r -> r.subnetId(c.id(name)));
  }

  private static void deleteGroup(Console c, String name) {
    c.ec2().deleteSecurityGroup(r -> r.groupId(c.id(name)));
  }

  private static SecurityGroup group(Console c, String name) {
    return c.ec2().describeSecurityGroups(r -> r.groupIds(c.id(name))).securityGroups().getFirst();
  }

  private static void deleteTable(Console c, String name) {
    var id = c.id(name);
    for (var association :
        c.ec2()
            .describeRouteTables(r -> r.routeTableIds(id))
            .routeTables()
            .getFirst()
            .associations())
      c.ec2().disassociateRouteTable(r -> r.associationId(association.routeTableAssociationId()));
    c.ec2().deleteRouteTable(r -> r.routeTableId(id));
  }

  private static void route(Console c, String table, String destination) {
    c.ec2()
        .createRoute(r ->
            r.routeTableId(c.id(table)).destinationCidrBlock(destination).gatewayId(c.id(GATEWAY)));
  }

  private static String association(Console c, String table, String subnet) {
    return c
        .ec2()
        .describeRouteTables(r -> r.routeTableIds(c.id(table)))
        .routeTables()
        .getFirst()
        .associations()
        .stream()
        .filter(a -> c.id(subnet).equals(a.subnetId()))
        .findFirst()
        .orElseThrow()
        .routeTableAssociationId();
  }

  private static IpPermission anywhere(int port) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .ipRanges(i -> i.cidrIp("0.0.0.0/0"))
        .build();
  }
}
