package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockResponse;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;

/** The part of EC2 that is about networks. */
abstract class MemoryEc2Network implements Ec2Client {
  private static final List<String> ZONES =
      List.of("eu-central-1b", "eu-central-1a", "eu-central-1c");

  final MemoryRegion region;
  private final Wire wire;

  MemoryEc2Network(MemoryRegion region, Wire wire) {
    this.region = region;
    this.wire = wire;
  }

  final <T> T read(String operation, T empty, Supplier<T> call) {
    return wire.read(
        operation,
        empty,
        () -> {
          synchronized (region) {
            return call.get();
          }
        });
  }

  final <T> T change(String operation, Supplier<T> call) {
    return wire.change(
        operation,
        () -> {
          synchronized (region) {
            return call.get();
          }
        });
  }

  @Override
  public DescribeAvailabilityZonesResponse describeAvailabilityZones(
      DescribeAvailabilityZonesRequest request) {
    return read(
        "DescribeAvailabilityZones",
        DescribeAvailabilityZonesResponse.builder().build(),
        () ->
            DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(
                    ZONES.stream()
                        .map(z -> AvailabilityZone.builder().zoneName(z).build())
                        .toList())
                .build());
  }

  @Override
  public DescribeVpcsResponse describeVpcs(DescribeVpcsRequest request) {
    return read(
        "DescribeVpcs",
        DescribeVpcsResponse.builder().build(),
        () -> region.vpcs.describe(request));
  }

  @Override
  public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    return read(
        "DescribeSubnets",
        DescribeSubnetsResponse.builder().build(),
        () -> region.subnets.describe(request));
  }

  @Override
  public DescribeInternetGatewaysResponse describeInternetGateways(
      DescribeInternetGatewaysRequest request) {
    return read(
        "DescribeInternetGateways",
        DescribeInternetGatewaysResponse.builder().build(),
        () -> region.gateways.describe(request));
  }

  @Override
  public DescribeRouteTablesResponse describeRouteTables(DescribeRouteTablesRequest request) {
    return read(
        "DescribeRouteTables",
        DescribeRouteTablesResponse.builder().build(),
        () -> region.tables.describe(request));
  }

  @Override
  public DescribeSecurityGroupsResponse describeSecurityGroups(
      DescribeSecurityGroupsRequest request) {
    return read(
        "DescribeSecurityGroups",
        DescribeSecurityGroupsResponse.builder().build(),
        () -> region.groups.describe(request));
  }

  @Override
  public CreateVpcResponse createVpc(CreateVpcRequest request) {
    return change("CreateVpc", () -> region.vpcs.create(request));
  }

  @Override
  public AssociateVpcCidrBlockResponse associateVpcCidrBlock(AssociateVpcCidrBlockRequest request) {
    return change("AssociateVpcCidrBlock", () -> region.vpcs.extend(request));
  }

  @Override
  public DeleteVpcResponse deleteVpc(DeleteVpcRequest request) {
    return change("DeleteVpc", () -> region.vpcs.delete(request));
  }

  @Override
  public CreateSubnetResponse createSubnet(CreateSubnetRequest request) {
    return change("CreateSubnet", () -> region.subnets.create(request));
  }

  @Override
  public ModifySubnetAttributeResponse modifySubnetAttribute(ModifySubnetAttributeRequest request) {
    return change("ModifySubnetAttribute", () -> region.subnets.modify(request));
  }

  @Override
  public CreateNetworkInterfaceResponse createNetworkInterface(
      CreateNetworkInterfaceRequest request) {
    return change("CreateNetworkInterface", () -> region.interfaces.create(request));
  }

  @Override
  public DeleteSubnetResponse deleteSubnet(DeleteSubnetRequest request) {
    return change("DeleteSubnet", () -> region.subnets.delete(request));
  }

  @Override
  public CreateInternetGatewayResponse createInternetGateway(CreateInternetGatewayRequest request) {
    return change("CreateInternetGateway", () -> region.gateways.create(request));
  }

  @Override
  public AttachInternetGatewayResponse attachInternetGateway(AttachInternetGatewayRequest request) {
    return change("AttachInternetGateway", () -> region.gateways.attach(request));
  }

  @Override
  public DetachInternetGatewayResponse detachInternetGateway(DetachInternetGatewayRequest request) {
    return change("DetachInternetGateway", () -> region.gateways.detach(request));
  }

  @Override
  public DeleteInternetGatewayResponse deleteInternetGateway(DeleteInternetGatewayRequest request) {
    return change("DeleteInternetGateway", () -> region.gateways.delete(request));
  }

  @Override
  public CreateRouteTableResponse createRouteTable(CreateRouteTableRequest request) {
    return change("CreateRouteTable", () -> region.tables.create(request));
  }

  @Override
  public CreateRouteResponse createRoute(CreateRouteRequest request) {
    return change("CreateRoute", () -> region.tables.createRoute(request));
  }

  @Override
  public ReplaceRouteResponse replaceRoute(ReplaceRouteRequest request) {
    return change("ReplaceRoute", () -> region.tables.replaceRoute(request));
  }

  @Override
  public DeleteRouteResponse deleteRoute(DeleteRouteRequest request) {
    return change("DeleteRoute", () -> region.tables.deleteRoute(request));
  }

  @Override
  public AssociateRouteTableResponse associateRouteTable(AssociateRouteTableRequest request) {
    return change("AssociateRouteTable", () -> region.tables.associate(request));
  }

  @Override
  public DisassociateRouteTableResponse disassociateRouteTable(
      DisassociateRouteTableRequest request) {
    return change("DisassociateRouteTable", () -> region.tables.disassociate(request));
  }

  @Override
  public ReplaceRouteTableAssociationResponse replaceRouteTableAssociation(
      ReplaceRouteTableAssociationRequest request) {
    return change("ReplaceRouteTableAssociation", () -> region.tables.replaceAssociation(request));
  }

  @Override
  public DeleteRouteTableResponse deleteRouteTable(DeleteRouteTableRequest request) {
    return change("DeleteRouteTable", () -> region.tables.delete(request));
  }

  @Override
  public CreateSecurityGroupResponse createSecurityGroup(CreateSecurityGroupRequest request) {
    return change("CreateSecurityGroup", () -> region.groups.create(request));
  }

  @Override
  public AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(
      AuthorizeSecurityGroupIngressRequest request) {
    return change("AuthorizeSecurityGroupIngress", () -> region.groups.authorize(request));
  }

  @Override
  public AuthorizeSecurityGroupEgressResponse authorizeSecurityGroupEgress(
      AuthorizeSecurityGroupEgressRequest request) {
    return change("AuthorizeSecurityGroupEgress", () -> region.groups.authorize(request));
  }

  @Override
  public RevokeSecurityGroupIngressResponse revokeSecurityGroupIngress(
      RevokeSecurityGroupIngressRequest request) {
    return change("RevokeSecurityGroupIngress", () -> region.groups.revoke(request));
  }

  @Override
  public RevokeSecurityGroupEgressResponse revokeSecurityGroupEgress(
      RevokeSecurityGroupEgressRequest request) {
    return change("RevokeSecurityGroupEgress", () -> region.groups.revoke(request));
  }

  @Override
  public DeleteSecurityGroupResponse deleteSecurityGroup(DeleteSecurityGroupRequest request) {
    return change("DeleteSecurityGroup", () -> region.groups.delete(request));
  }
}
