package dev.appenv.operator.aws.memory;

import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.AssociateIamInstanceProfileResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.DeleteKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateIamInstanceProfileResponse;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairRequest;
import software.amazon.awssdk.services.ec2.model.ImportKeyPairResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceMetadataOptionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceIamInstanceProfileAssociationResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;

/**
 * EC2 as the SDK offers it, over a {@link MemoryRegion}; what is not overridden is not supported.
 */
public final class MemoryEc2 extends MemoryEc2Network {
  public MemoryEc2(MemoryRegion region, Wire wire) {
    super(region, wire);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public DescribeKeyPairsResponse describeKeyPairs(DescribeKeyPairsRequest request) {
    return read(
        "DescribeKeyPairs",
        DescribeKeyPairsResponse.builder().build(),
        () -> region.keys.describe(request));
  }

  @Override
  public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
    return read(
        "DescribeInstances",
        DescribeInstancesResponse.builder().build(),
        () -> region.instances.describe(request));
  }

  @Override
  public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
    return read(
        "DescribeAddresses",
        DescribeAddressesResponse.builder().build(),
        () -> region.addresses.describe(request));
  }

  @Override
  public DescribeNetworkInterfacesResponse describeNetworkInterfaces(
      DescribeNetworkInterfacesRequest request) {
    return read(
        "DescribeNetworkInterfaces",
        DescribeNetworkInterfacesResponse.builder().build(),
        () -> region.interfaces.describe(request));
  }

  @Override
  public DescribeInstanceTypesResponse describeInstanceTypes(DescribeInstanceTypesRequest request) {
    return read(
        "DescribeInstanceTypes",
        DescribeInstanceTypesResponse.builder().build(),
        () ->
            DescribeInstanceTypesResponse.builder()
                .instanceTypes(
                    request.instanceTypesAsStrings().stream()
                        .map(type ->
                            InstanceTypeInfo.builder()
                                .instanceType(type)
                                .vCpuInfo(v -> v.defaultVCpus(vcpus(type)))
                                .build())
                        .toList())
                .build());
  }

  private static int vcpus(String type) {
    return type.endsWith(".4xlarge") ? 16 : 2;
  }

  @Override
  public DescribeRegionsResponse describeRegions(DescribeRegionsRequest request) {
    return read(
        "DescribeRegions",
        DescribeRegionsResponse.builder().build(),
        () ->
            DescribeRegionsResponse.builder()
                .regions(
                    Region.builder()
                        .regionName("eu-central-1")
                        .optInStatus("opt-in-not-required")
                        .build(),
                    Region.builder().regionName("eu-south-1").optInStatus("opted-in").build(),
                    Region.builder().regionName("me-south-1").optInStatus("not-opted-in").build())
                .build());
  }

  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    return read(
        "DescribeTags",
        DescribeTagsResponse.builder().build(),
        () -> region.tags.describe(request));
  }

  @Override
  public ImportKeyPairResponse importKeyPair(ImportKeyPairRequest request) {
    return change("ImportKeyPair", () -> region.keys.importKey(request));
  }

  @Override
  public DeleteKeyPairResponse deleteKeyPair(DeleteKeyPairRequest request) {
    return change("DeleteKeyPair", () -> region.keys.delete(request));
  }

  @Override
  public RunInstancesResponse runInstances(RunInstancesRequest request) {
    return change("RunInstances", () -> region.instances.run(request));
  }

  @Override
  public StartInstancesResponse startInstances(StartInstancesRequest request) {
    return change("StartInstances", () -> region.instances.start(request));
  }

  @Override
  public StopInstancesResponse stopInstances(StopInstancesRequest request) {
    return change("StopInstances", () -> region.instances.stop(request));
  }

  @Override
  public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
    return change("TerminateInstances", () -> region.instances.terminate(request));
  }

  @Override
  public ModifyInstanceAttributeResponse modifyInstanceAttribute(
      ModifyInstanceAttributeRequest request) {
    return change("ModifyInstanceAttribute", () -> region.instances.modify(request));
  }

  @Override
  public ModifyInstanceMetadataOptionsResponse modifyInstanceMetadataOptions(
      ModifyInstanceMetadataOptionsRequest request) {
    return change("ModifyInstanceMetadataOptions", () -> region.instances.modify(request));
  }

  @Override
  public AllocateAddressResponse allocateAddress(AllocateAddressRequest request) {
    return change("AllocateAddress", () -> region.addresses.allocate(request));
  }

  @Override
  public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
    return change("AssociateAddress", () -> region.addresses.associate(request));
  }

  @Override
  public DisassociateAddressResponse disassociateAddress(DisassociateAddressRequest request) {
    return change("DisassociateAddress", () -> region.addresses.disassociate(request));
  }

  @Override
  public ReleaseAddressResponse releaseAddress(ReleaseAddressRequest request) {
    return change("ReleaseAddress", () -> region.addresses.release(request));
  }

  @Override
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    return change("CreateTags", () -> region.tags.create(request));
  }

  @Override
  public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    return change("DeleteTags", () -> region.tags.delete(request));
  }

  @Override
  public DescribeIamInstanceProfileAssociationsResponse describeIamInstanceProfileAssociations(
      DescribeIamInstanceProfileAssociationsRequest request) {
    return read(
        "DescribeIamInstanceProfileAssociations",
        DescribeIamInstanceProfileAssociationsResponse.builder().build(),
        () ->
            DescribeIamInstanceProfileAssociationsResponse.builder()
                .iamInstanceProfileAssociations(
                    region.instances.associations(request.filters().getFirst().values()))
                .build());
  }

  @Override
  public AssociateIamInstanceProfileResponse associateIamInstanceProfile(
      AssociateIamInstanceProfileRequest request) {
    return change(
        "AssociateIamInstanceProfile",
        () -> {
          region.instances.associate(request.instanceId(), request.iamInstanceProfile());
          return AssociateIamInstanceProfileResponse.builder().build();
        });
  }

  @Override
  public ReplaceIamInstanceProfileAssociationResponse replaceIamInstanceProfileAssociation(
      ReplaceIamInstanceProfileAssociationRequest request) {
    return change(
        "ReplaceIamInstanceProfileAssociation",
        () -> {
          region.instances.replaceAssociation(
              request.associationId(), request.iamInstanceProfile());
          return ReplaceIamInstanceProfileAssociationResponse.builder().build();
        });
  }

  @Override
  public DisassociateIamInstanceProfileResponse disassociateIamInstanceProfile(
      DisassociateIamInstanceProfileRequest request) {
    return change(
        "DisassociateIamInstanceProfile",
        () -> {
          region.instances.replaceAssociation(request.associationId(), null);
          return DisassociateIamInstanceProfileResponse.builder().build();
        });
  }
}
