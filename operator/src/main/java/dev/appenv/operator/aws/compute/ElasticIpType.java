package dev.appenv.operator.aws.compute;

import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.Ec2Type;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Phase;
import dev.appenv.operator.plan.PublicAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** The machine's public address, which outlives the machine. */
final class ElasticIpType implements Ec2Type<ElasticIpType.Desired, ElasticIpType.LiveAddress> {
  record Desired(LogicalName instance, Map<String, String> tags) implements AwsDesired {}

  record LiveAddress(
      String id,
      String publicIp,
      @Nullable String instanceId,
      @Nullable String associationId,
      Map<String, String> tags)
      implements AwsLive, PublicAddress {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveAddress> FIELDS =
      AwsType.<Desired, LiveAddress>tagged()
          .plain(
              "instance",
              RECONCILED,
              DriftClass.RELEASE,
              (d, ids) -> ids.idOf(d.instance()),
              LiveAddress::instanceId);

  private static final Facts<Desired, LiveAddress> FACTS =
      new Facts<>(
          "elastic IP",
          Desired.class,
          LiveAddress.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveAddress> facts() {
    return FACTS;
  }

  @Override
  public List<LiveAddress> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeAddresses(r -> r.filters(Ec2Tags.ofCluster(clusterId)))
        .addresses()
        .stream()
        .map(ElasticIpType::live)
        .toList();
  }

  @Override
  public Optional<LiveAddress> find(Calls aws, String id) {
    return Ec2Type.one(
        id,
        () -> aws.ec2(Permit.READ).describeAddresses(r -> r.allocationIds(id)).addresses(),
        ElasticIpType::live);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.ec2(Permit.CREATE)
        .allocateAddress(r ->
            r.domain(DomainType.VPC)
                .tagSpecifications(Ec2Tags.on(ResourceType.ELASTIC_IP, creation.tags())))
        .allocationId();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveAddress live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
    if (AwsType.touches(differences, "instance"))
      aws.ec2(Permit.CHANGE)
          .associateAddress(r ->
              r.allocationId(live.id())
                  .instanceId(ids.require(desired.instance()))
                  .allowReassociation(true));
  }

  @Override
  public void delete(Calls aws, LiveAddress live) {
    var ec2 = aws.ec2(Permit.DELETE);
    if (live.associationId() != null)
      ec2.disassociateAddress(r -> r.associationId(live.associationId()));
    ec2.releaseAddress(r -> r.allocationId(live.id()));
  }

  private static LiveAddress live(Address address) {
    return new LiveAddress(
        address.allocationId(),
        address.publicIp(),
        blankToNull(address.instanceId()),
        blankToNull(address.associationId()),
        Ec2Tags.map(address.tags()));
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
