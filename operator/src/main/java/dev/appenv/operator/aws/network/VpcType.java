package dev.appenv.operator.aws.network;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.Ec2Type;
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
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;

final class VpcType
    implements Ec2Type<VpcType.Desired, VpcType.LiveVpc>, Surveyed<VpcType.LiveVpc, Occupants> {
  record Desired(String cidr, Map<String, String> tags) implements AwsDesired {}

  record LiveVpc(String id, Phase phase, String cidr, Occupants occupants, Map<String, String> tags)
      implements AwsLive {

    /** Those in subnets that are not the environment's; of the others the subnets tell. */
    Set<String> elsewhere(Ids ids) {
      var subnets = Network.SUBNETS.stream().map(ids::idOf).toList();
      return subnets.contains(null)
          ? Set.of()
          : occupants.where(o -> !subnets.contains(o.subnetId())).foreign(tags, ids);
    }
  }

  private static final FieldTable<Desired, LiveVpc> FIELDS =
      AwsType.<Desired, LiveVpc>tagged()
          .plain("cidrBlock", IMMUTABLE, DriftClass.SECURITY, (d, ids) -> d.cidr(), LiveVpc::cidr)
          .foreign("interfaces", DriftClass.SECURITY, LiveVpc::elsewhere);

  private static final Facts<Desired, LiveVpc> FACTS =
      new Facts<>("VPC", Desired.class, LiveVpc.class, FIELDS, DriftClass.RELEASE, Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveVpc> facts() {
    return FACTS;
  }

  @Override
  public List<LiveVpc> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeVpcsPaginator(r -> r.filters(Ec2Tags.ofCluster(clusterId)).maxResults(1000))
        .vpcs()
        .stream()
        .map(VpcType::live)
        .toList();
  }

  @Override
  public Optional<LiveVpc> find(Calls aws, String id) {
    return Ec2Type.one(
        id, () -> aws.ec2(Permit.READ).describeVpcs(r -> r.vpcIds(id)).vpcs(), VpcType::live);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.ec2(Permit.CREATE)
        .createVpc(r ->
            r.cidrBlock(desired.cidr())
                .tagSpecifications(Ec2Tags.on(ResourceType.VPC, creation.tags())))
        .vpc()
        .vpcId();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveVpc live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
  }

  @Override
  public void delete(Calls aws, LiveVpc live) {
    var ec2 = aws.ec2(Permit.DELETE);
    live.occupants().deleting(live.id(), live.tags(), () -> ec2.deleteVpc(r -> r.vpcId(live.id())));
  }

  @Override
  public Survey<Occupants> survey() {
    return Occupants.SURVEY;
  }

  @Override
  public LiveVpc with(LiveVpc live, Occupants seen) {
    return new LiveVpc(
        live.id(),
        live.phase(),
        live.cidr(),
        seen.where(occupant -> occupant.vpcId().equals(live.id())),
        live.tags());
  }

  private static LiveVpc live(Vpc vpc) {
    return new LiveVpc(
        vpc.vpcId(),
        vpc.state() == VpcState.PENDING ? Phase.PENDING : Phase.READY,
        vpc.cidrBlock(),
        Occupants.NONE,
        Ec2Tags.map(vpc.tags()));
  }
}
