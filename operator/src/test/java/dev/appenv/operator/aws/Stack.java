package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Scope;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The AWS resources of one environment, with its marks, made past the operator. */
final class Stack {
  private final Ec2Client ec2;
  private final Scope scope;

  Stack(World world, Scope scope) {
    this.ec2 = world.hand(scope);
    this.scope = scope;
  }

  private TagSpecification tags(ResourceType type, String name) {
    return Ec2Tags.on(type, OwnerTags.of(scope.owner(), LogicalName.of(name)));
  }

  void make() {
    var vpc =
        ec2.createVpc(r ->
                r.cidrBlock("10.0.0.0/16").tagSpecifications(tags(ResourceType.VPC, "network.vpc")))
            .vpc()
            .vpcId();
    ec2.createInternetGateway(
        r -> r.tagSpecifications(tags(ResourceType.INTERNET_GATEWAY, "network.internetGateway")));
    var names =
        List.of(
            "network.publicSubnetA",
            "network.publicSubnetB",
            "network.privateSubnetA",
            "network.privateSubnetB");
    var subnets =
        names.stream()
            .map(name ->
                ec2.createSubnet(r ->
                        r.vpcId(vpc)
                            .cidrBlock("10.0.%d.0/24".formatted(names.indexOf(name)))
                            .tagSpecifications(tags(ResourceType.SUBNET, name)))
                    .subnet()
                    .subnetId())
            .toList();
    for (var name : List.of("network.publicRouteTable", "network.privateRouteTable"))
      ec2.createRouteTable(
          r -> r.vpcId(vpc).tagSpecifications(tags(ResourceType.ROUTE_TABLE, name)));
    for (var name : List.of("network.machineSecurityGroup", "network.dataSecurityGroup"))
      ec2.createSecurityGroup(r ->
          r.vpcId(vpc).groupName(name).tagSpecifications(tags(ResourceType.SECURITY_GROUP, name)));
    var key = "key-" + scope.owner().uid();
    ec2.importKeyPair(r ->
        r.keyName(key)
            .publicKeyMaterial(SdkBytes.fromUtf8String("ssh-ed25519 AAAA x"))
            .tagSpecifications(tags(ResourceType.KEY_PAIR, "compute.keyPair")));
    ec2.runInstances(r ->
        r.imageId("ami-amd64")
            .instanceType("t3.small")
            .keyName(key)
            .subnetId(subnets.getFirst())
            .metadataOptions(o -> o.httpTokens("required"))
            .tagSpecifications(tags(ResourceType.INSTANCE, "compute.instance")));
    ec2.allocateAddress(r -> r.tagSpecifications(tags(ResourceType.ELASTIC_IP, "compute.address")));
  }
}
