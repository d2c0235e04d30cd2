package dev.appenv.operator.environment;

import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Somebody at the console who deletes what is the environment's. */
final class Wrecker {
  private final Stage stage;
  private final Ec2Client hand;

  Wrecker(Stage stage) {
    this.stage = stage;
    this.hand = stage.hand;
  }

  void everything() {
    instance();
    address();
    keyPair();
    group("network.dataSecurityGroup");
    group("network.machineSecurityGroup");
    routeTable("network.publicRouteTable");
    routeTable("network.privateRouteTable");
    gateway();
    for (var name :
        List.of(
            "network.publicSubnetA",
            "network.publicSubnetB",
            "network.privateSubnetA",
            "network.privateSubnetB")) subnet(name);
    hand.deleteVpc(r -> r.vpcId(stage.id("network.vpc")));
  }

  void instance() {
    hand.terminateInstances(r -> r.instanceIds(stage.id("compute.instance")));
    stage.region.settle();
  }

  void address() {
    var id = stage.id("compute.address");
    var association =
        hand.describeAddresses(r -> r.allocationIds(id)).addresses().getFirst().associationId();
    if (association != null) hand.disassociateAddress(r -> r.associationId(association));
    hand.releaseAddress(r -> r.allocationId(id));
  }

  void keyPair() {
    hand.deleteKeyPair(r -> r.keyPairId(stage.id("compute.keyPair")));
  }

  void group(String name) {
    hand.deleteSecurityGroup(r -> r.groupId(stage.id(name)));
  }

  void routeTable(String name) {
    var id = stage.id(name);
    for (var association :
        hand.describeRouteTables(r -> r.routeTableIds(id)).routeTables().getFirst().associations())
      hand.disassociateRouteTable(r -> r.associationId(association.routeTableAssociationId()));
    hand.deleteRouteTable(r -> r.routeTableId(id));
  }

  void detachGateway() {
    hand.detachInternetGateway(r ->
        r.internetGatewayId(stage.id("network.internetGateway")).vpcId(stage.id("network.vpc")));
  }

  void gateway() {
    detachGateway();
    hand.deleteInternetGateway(r -> r.internetGatewayId(stage.id("network.internetGateway")));
  }

  void subnet(String name) {
    hand.deleteSubnet(r -> r.subnetId(stage.id(name)));
  }
}
