package dev.appenv.operator.aws.memory;

import java.util.Map;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

final class Subnets {
  private final MemoryRegion region;
  final Shelf<Subnet> shelf;

  Subnets(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "InvalidSubnetID.NotFound", Map.of());
  }

  CreateSubnetResponse create(CreateSubnetRequest request) {
    region.vpcs.shelf.get(request.vpcId());
    for (var other : shelf.all())
      if (other.vpcId().equals(request.vpcId())
          && Block.of(other.cidrBlock()).overlaps(Block.of(request.cidrBlock())))
        throw AwsErrors.refused(
            "InvalidSubnet.Conflict",
            "The CIDR '%s' conflicts with another subnet".formatted(request.cidrBlock()));
    var id = region.newId("subnet");
    region.tags.born(id, "subnet", request.tagSpecifications());
    var subnet =
        shelf.add(
            id,
            Subnet.builder()
                .subnetId(id)
                .vpcId(request.vpcId())
                .cidrBlock(request.cidrBlock())
                .availabilityZone(request.availabilityZone())
                .mapPublicIpOnLaunch(false)
                .state(SubnetState.AVAILABLE)
                .build());
    return CreateSubnetResponse.builder().subnet(tagged(subnet)).build();
  }

  ModifySubnetAttributeResponse modify(ModifySubnetAttributeRequest request) {
    var subnet = shelf.get(request.subnetId());
    shelf.replace(
        request.subnetId(),
        subnet.toBuilder().mapPublicIpOnLaunch(request.mapPublicIpOnLaunch().value()).build());
    return ModifySubnetAttributeResponse.builder().build();
  }

  DescribeSubnetsResponse describe(DescribeSubnetsRequest request) {
    if (request.hasSubnetIds())
      return DescribeSubnetsResponse.builder()
          .subnets(shelf.byIds(request.subnetIds()).stream().map(this::tagged).toList())
          .build();
    var page = shelf.page(request.filters(), request.nextToken(), request.maxResults());
    return DescribeSubnetsResponse.builder()
        .subnets(page.things().stream().map(this::tagged).toList())
        .nextToken(page.nextToken())
        .build();
  }

  DeleteSubnetResponse delete(DeleteSubnetRequest request) {
    var id = request.subnetId();
    shelf.get(id);
    if (region.instances.there().stream().anyMatch(i -> id.equals(i.subnetId())))
      throw AwsErrors.dependency("The subnet '%s' has dependencies".formatted(id));
    if (region.interfaces.isUsed(id))
      throw AwsErrors.dependency("The subnet '%s' has dependencies".formatted(id));
    if (region.caches.usesSubnet(id))
      throw AwsErrors.dependency("The subnet '%s' has dependencies".formatted(id));
    region.tables.subnetGone(id);
    shelf.remove(id);
    return DeleteSubnetResponse.builder().build();
  }

  private Subnet tagged(Subnet subnet) {
    return subnet.toBuilder().tags(region.tags.list(subnet.subnetId())).build();
  }

  /** An IPv4 block. */
  private record Block(long first, long size) {
    static Block of(String cidr) {
      var parts = cidr.split("[./]", -1);
      var address = 0L;
      for (var i = 0; i < 4; i++) address = address * 256 + Long.parseLong(parts[i]);
      return new Block(address, 1L << (32 - Integer.parseInt(parts[4])));
    }

    boolean overlaps(Block other) {
      return first < other.first + other.size && other.first < first + size;
    }
  }
}
