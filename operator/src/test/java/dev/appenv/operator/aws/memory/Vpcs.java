package dev.appenv.operator.aws.memory;

import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** VPCs, each with the default group and the main route table that AWS makes with it. */
final class Vpcs {
  private final MemoryRegion region;
  final Shelf<Vpc> shelf;

  Vpcs(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "InvalidVpcID.NotFound", Map.of());
  }

  CreateVpcResponse create(CreateVpcRequest request) {
    region.allowances.refuseBeyond(Allowances.VPCS, shelf.all().size(), "VpcLimitExceeded");
    var id = region.newId("vpc");
    region.tags.born(id, "vpc", request.tagSpecifications());
    var vpc =
        shelf.add(
            id,
            Vpc.builder()
                .vpcId(id)
                .cidrBlock(request.cidrBlock())
                .state(VpcState.AVAILABLE)
                .build());
    region.groups.addDefault(id);
    region.tables.addMain(id);
    return CreateVpcResponse.builder().vpc(tagged(vpc)).build();
  }

  /** Another block beside the first, which stays what the VPC is known by. */
  AssociateVpcCidrBlockResponse extend(AssociateVpcCidrBlockRequest request) {
    shelf.get(request.vpcId());
    return AssociateVpcCidrBlockResponse.builder().vpcId(request.vpcId()).build();
  }

  DescribeVpcsResponse describe(DescribeVpcsRequest request) {
    if (request.hasVpcIds())
      return DescribeVpcsResponse.builder()
          .vpcs(shelf.byIds(request.vpcIds()).stream().map(this::tagged).toList())
          .build();
    var page = shelf.page(request.filters(), request.nextToken(), request.maxResults());
    return DescribeVpcsResponse.builder()
        .vpcs(page.things().stream().map(this::tagged).toList())
        .nextToken(page.nextToken())
        .build();
  }

  DeleteVpcResponse delete(DeleteVpcRequest request) {
    var id = request.vpcId();
    shelf.get(id);
    var used =
        region.subnets.shelf.all().stream().anyMatch(s -> s.vpcId().equals(id))
            || region.gateways.attachedTo(id).isPresent()
            || region.tables.hasOwn(id)
            || region.groups.hasOwn(id);
    if (used) throw AwsErrors.dependency("The vpc '%s' has dependencies".formatted(id));
    region.groups.removeDefault(id);
    region.tables.removeMain(id);
    shelf.remove(id);
    return DeleteVpcResponse.builder().build();
  }

  private Vpc tagged(Vpc vpc) {
    return vpc.toBuilder().tags(region.tags.list(vpc.vpcId())).build();
  }
}
