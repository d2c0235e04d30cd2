package dev.appenv.operator.aws.network;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.OBSERVED_ONLY;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.Ec2Type;
import dev.appenv.operator.aws.resource.Ref;
import dev.appenv.operator.aws.resource.Survey;
import dev.appenv.operator.aws.resource.Surveyed;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;

final class SubnetType
    implements Ec2Type<SubnetType.Desired, SubnetType.LiveSubnet>,
        Surveyed<SubnetType.LiveSubnet, Occupants> {
  /**
   * @param publicAddresses whether instances get a public address at launch
   */
  record Desired(
      Ref vpc, String cidr, String zone, boolean publicAddresses, Map<String, String> tags)
      implements AwsDesired {}

  record LiveSubnet(
      String id,
      Phase phase,
      String vpcId,
      String cidr,
      String zone,
      boolean publicAddresses,
      Occupants occupants,
      Map<String, String> tags)
      implements AwsLive {}

  private static final FieldTable<Desired, LiveSubnet> FIELDS =
      AwsType.<Desired, LiveSubnet>tagged()
          .plain(
              "vpcId",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> d.vpc().in(ids),
              LiveSubnet::vpcId)
          .plain(
              "cidrBlock", IMMUTABLE, DriftClass.SECURITY, (d, ids) -> d.cidr(), LiveSubnet::cidr)
          .plain(
              "availabilityZone",
              OBSERVED_ONLY,
              DriftClass.COSMETIC,
              (d, ids) -> d.zone(),
              LiveSubnet::zone)
          .plain(
              "mapPublicIpOnLaunch",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> String.valueOf(d.publicAddresses()),
              l -> String.valueOf(l.publicAddresses()))
          .foreign(
              "interfaces", DriftClass.SECURITY, (l, ids) -> l.occupants().foreign(l.tags(), ids));

  private static final Facts<Desired, LiveSubnet> FACTS =
      new Facts<>(
          "subnet", Desired.class, LiveSubnet.class, FIELDS, DriftClass.RELEASE, Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveSubnet> facts() {
    return FACTS;
  }

  @Override
  public List<LiveSubnet> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeSubnetsPaginator(r -> r.filters(Ec2Tags.ofCluster(clusterId)).maxResults(1000))
        .subnets()
        .stream()
        .map(SubnetType::live)
        .toList();
  }

  @Override
  public Optional<LiveSubnet> find(Calls aws, String id) {
    return Ec2Type.one(
        id,
        () -> aws.ec2(Permit.READ).describeSubnets(r -> r.subnetIds(id)).subnets(),
        SubnetType::live);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.ec2(Permit.CREATE)
        .createSubnet(r ->
            r.vpcId(desired.vpc().require(creation.ids()))
                .cidrBlock(desired.cidr())
                .availabilityZone(desired.zone())
                .tagSpecifications(Ec2Tags.on(ResourceType.SUBNET, creation.tags())))
        .subnet()
        .subnetId();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveSubnet live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
    if (AwsType.touches(differences, "mapPublicIpOnLaunch"))
      aws.ec2(Permit.CHANGE)
          .modifySubnetAttribute(r ->
              r.subnetId(live.id()).mapPublicIpOnLaunch(v -> v.value(desired.publicAddresses())));
  }

  @Override
  public void delete(Calls aws, LiveSubnet live) {
    var ec2 = aws.ec2(Permit.DELETE);
    live.occupants()
        .deleting(live.id(), live.tags(), () -> ec2.deleteSubnet(r -> r.subnetId(live.id())));
  }

  @Override
  public Survey<Occupants> survey() {
    return Occupants.SURVEY;
  }

  @Override
  public LiveSubnet with(LiveSubnet live, Occupants seen) {
    return new LiveSubnet(
        live.id(),
        live.phase(),
        live.vpcId(),
        live.cidr(),
        live.zone(),
        live.publicAddresses(),
        seen.where(occupant -> occupant.subnetId().equals(live.id())),
        live.tags());
  }

  private static LiveSubnet live(Subnet subnet) {
    return new LiveSubnet(
        subnet.subnetId(),
        subnet.state() == SubnetState.PENDING ? Phase.PENDING : Phase.READY,
        subnet.vpcId(),
        subnet.cidrBlock(),
        subnet.availabilityZone(),
        Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()),
        Occupants.NONE,
        Ec2Tags.map(subnet.tags()));
  }
}
