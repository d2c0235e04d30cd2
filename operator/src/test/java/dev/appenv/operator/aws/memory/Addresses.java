package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;

/** Elastic IPs. */
final class Addresses {
  private final MemoryRegion region;
  final Shelf<Address> shelf;
  private int lastIp;

  Addresses(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "InvalidAllocationID.NotFound", Map.of());
  }

  boolean isMappedTo(String instanceId) {
    return shelf.all().stream().anyMatch(a -> instanceId.equals(a.instanceId()));
  }

  void instanceGone(String instanceId) {
    for (var address : List.copyOf(shelf.all()))
      if (instanceId.equals(address.instanceId())) unmap(address);
  }

  AllocateAddressResponse allocate(AllocateAddressRequest request) {
    region.allowances.refuseBeyond(
        Allowances.ADDRESSES, shelf.all().size(), "AddressLimitExceeded");
    var id = region.newId("eipalloc");
    region.tags.born(id, "elastic-ip", request.tagSpecifications());
    lastIp++;
    var address =
        shelf.add(
            id,
            Address.builder()
                .allocationId(id)
                .domain(DomainType.VPC)
                .publicIp("198.51.%d.%d".formatted(lastIp / 256, lastIp % 256))
                .build());
    return AllocateAddressResponse.builder().allocationId(id).publicIp(address.publicIp()).build();
  }

  AssociateAddressResponse associate(AssociateAddressRequest request) {
    var address = shelf.get(request.allocationId());
    var instance = region.instances.shelf.get(request.instanceId());
    var state = instance.state().name();
    if (state != InstanceStateName.RUNNING && state != InstanceStateName.STOPPED)
      throw AwsErrors.refused(
          "IncorrectInstanceState",
          "The %s instance '%s' is not in a valid state for this operation."
              .formatted(state, instance.instanceId()));
    if (region.gateways.attachedTo(instance.vpcId()).isEmpty())
      throw AwsErrors.refused(
          "Gateway.NotAttached",
          "Network %s is not attached to any internet gateway".formatted(instance.vpcId()));
    if (address.associationId() != null && !Boolean.TRUE.equals(request.allowReassociation()))
      throw AwsErrors.refused(
          "Resource.AlreadyAssociated",
          "resource %s is already associated".formatted(address.allocationId()));
    instanceGone(instance.instanceId());
    region.instances.losesOwnAddress(instance.instanceId());
    var association = region.newId("eipassoc");
    shelf.replace(
        address.allocationId(),
        address.toBuilder().associationId(association).instanceId(instance.instanceId()).build());
    return AssociateAddressResponse.builder().associationId(association).build();
  }

  DisassociateAddressResponse disassociate(DisassociateAddressRequest request) {
    var address =
        shelf.all().stream()
            .filter(a -> request.associationId().equals(a.associationId()))
            .findFirst()
            .orElseThrow(
                () -> AwsErrors.notFound("InvalidAssociationID.NotFound", request.associationId()));
    unmap(address);
    return DisassociateAddressResponse.builder().build();
  }

  private void unmap(Address address) {
    shelf.replace(
        address.allocationId(),
        Address.builder()
            .allocationId(address.allocationId())
            .domain(DomainType.VPC)
            .publicIp(address.publicIp())
            .build());
  }

  ReleaseAddressResponse release(ReleaseAddressRequest request) {
    var address = shelf.get(request.allocationId());
    if (address.associationId() != null)
      throw AwsErrors.refused(
          "InvalidIPAddress.InUse", "Address %s is in use.".formatted(address.publicIp()));
    shelf.remove(request.allocationId());
    return ReleaseAddressResponse.builder().build();
  }

  DescribeAddressesResponse describe(DescribeAddressesRequest request) {
    var found =
        request.hasAllocationIds()
            ? shelf.byIds(request.allocationIds())
            : shelf.page(request.filters(), null, null).things();
    return DescribeAddressesResponse.builder()
        .addresses(found.stream().map(this::tagged).toList())
        .build();
  }

  private Address tagged(Address address) {
    return address.toBuilder().tags(region.tags.list(address.allocationId())).build();
  }
}
