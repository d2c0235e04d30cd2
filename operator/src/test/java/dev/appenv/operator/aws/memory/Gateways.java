package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;

/** Internet gateways. */
final class Gateways {
  private final MemoryRegion region;
  final Shelf<InternetGateway> shelf;

  Gateways(MemoryRegion region) {
    this.region = region;
    this.shelf =
        new Shelf<>(
            region,
            "InvalidInternetGatewayID.NotFound",
            Map.of(
                "attachment.vpc-id",
                g -> g.attachments().stream().map(InternetGatewayAttachment::vpcId).toList()));
  }

  Optional<InternetGateway> attachedTo(String vpcId) {
    return shelf.all().stream().filter(g -> isAttached(g, vpcId)).findFirst();
  }

  private static boolean isAttached(InternetGateway gateway, String vpcId) {
    return gateway.attachments().stream().anyMatch(a -> a.vpcId().equals(vpcId));
  }

  boolean isAttached(String id, String vpcId) {
    return isAttached(shelf.get(id), vpcId);
  }

  CreateInternetGatewayResponse create(CreateInternetGatewayRequest request) {
    var id = region.newId("igw");
    region.tags.born(id, "internet-gateway", request.tagSpecifications());
    var gateway =
        shelf.add(
            id, InternetGateway.builder().internetGatewayId(id).attachments(List.of()).build());
    return CreateInternetGatewayResponse.builder().internetGateway(tagged(gateway)).build();
  }

  AttachInternetGatewayResponse attach(AttachInternetGatewayRequest request) {
    var gateway = shelf.get(request.internetGatewayId());
    region.vpcs.shelf.get(request.vpcId());
    if (!gateway.attachments().isEmpty())
      throw AwsErrors.refused(
          "Resource.AlreadyAssociated",
          "resource %s is already attached".formatted(gateway.internetGatewayId()));
    if (attachedTo(request.vpcId()).isPresent())
      throw AwsErrors.refused(
          "InvalidParameterValue",
          "Network %s already has an internet gateway attached".formatted(request.vpcId()));
    shelf.replace(
        gateway.internetGatewayId(),
        gateway.toBuilder()
            .attachments(
                InternetGatewayAttachment.builder()
                    .vpcId(request.vpcId())
                    .state(AttachmentStatus.ATTACHED)
                    .build())
            .build());
    return AttachInternetGatewayResponse.builder().build();
  }

  DetachInternetGatewayResponse detach(DetachInternetGatewayRequest request) {
    var gateway = shelf.get(request.internetGatewayId());
    if (!isAttached(gateway, request.vpcId()))
      throw AwsErrors.refused(
          "Gateway.NotAttached",
          "resource %s is not attached to network %s"
              .formatted(gateway.internetGatewayId(), request.vpcId()));
    if (region.instances.hasPublicAddress(request.vpcId()))
      throw AwsErrors.dependency(
          "Network %s has some mapped public address(es)".formatted(request.vpcId()));
    shelf.replace(gateway.internetGatewayId(), gateway.toBuilder().attachments(List.of()).build());
    return DetachInternetGatewayResponse.builder().build();
  }

  DeleteInternetGatewayResponse delete(DeleteInternetGatewayRequest request) {
    var gateway = shelf.get(request.internetGatewayId());
    if (!gateway.attachments().isEmpty())
      throw AwsErrors.dependency(
          "The internetGateway '%s' has dependencies".formatted(gateway.internetGatewayId()));
    shelf.remove(gateway.internetGatewayId());
    return DeleteInternetGatewayResponse.builder().build();
  }

  DescribeInternetGatewaysResponse describe(DescribeInternetGatewaysRequest request) {
    if (request.hasInternetGatewayIds())
      return DescribeInternetGatewaysResponse.builder()
          .internetGateways(
              shelf.byIds(request.internetGatewayIds()).stream().map(this::tagged).toList())
          .build();
    var page = shelf.page(request.filters(), request.nextToken(), request.maxResults());
    return DescribeInternetGatewaysResponse.builder()
        .internetGateways(page.things().stream().map(this::tagged).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private InternetGateway tagged(InternetGateway gateway) {
    return gateway.toBuilder().tags(region.tags.list(gateway.internetGatewayId())).build();
  }
}
