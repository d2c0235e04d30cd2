package dev.appenv.operator.aws.network;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.ResourceType;

final class InternetGatewayType
    implements Ec2Type<InternetGatewayType.Desired, InternetGatewayType.LiveGateway> {
  record Desired(LogicalName vpc, Map<String, String> tags) implements AwsDesired {}

  /**
   * @param vpcId the VPC it is attached to, if any
   */
  record LiveGateway(String id, @Nullable String vpcId, Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveGateway> FIELDS =
      AwsType.<Desired, LiveGateway>tagged()
          .plain(
              "attachment",
              RECONCILED,
              DriftClass.RELEASE,
              (d, ids) -> ids.idOf(d.vpc()),
              LiveGateway::vpcId);

  private static final Facts<Desired, LiveGateway> FACTS =
      new Facts<>(
          "internet gateway",
          Desired.class,
          LiveGateway.class,
          FIELDS,
          DriftClass.RELEASE,
          Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveGateway> facts() {
    return FACTS;
  }

  @Override
  public List<LiveGateway> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeInternetGatewaysPaginator(
            r -> r.filters(Ec2Tags.ofCluster(clusterId)).maxResults(1000))
        .internetGateways()
        .stream()
        .map(InternetGatewayType::live)
        .toList();
  }

  @Override
  public Optional<LiveGateway> find(Calls aws, String id) {
    return Ec2Type.one(
        id,
        () ->
            aws.ec2(Permit.READ)
                .describeInternetGateways(r -> r.internetGatewayIds(id))
                .internetGateways(),
        InternetGatewayType::live);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.ec2(Permit.CREATE)
        .createInternetGateway(
            r -> r.tagSpecifications(Ec2Tags.on(ResourceType.INTERNET_GATEWAY, creation.tags())))
        .internetGateway()
        .internetGatewayId();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveGateway live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
    if (!AwsType.touches(differences, "attachment")) return;
    var elsewhere = live.vpcId();
    if (elsewhere != null)
      aws.ec2(Permit.CHANGE)
          .detachInternetGateway(r -> r.internetGatewayId(live.id()).vpcId(elsewhere));
    aws.ec2(Permit.CHANGE)
        .attachInternetGateway(
            r -> r.internetGatewayId(live.id()).vpcId(ids.require(desired.vpc())));
  }

  @Override
  public void delete(Calls aws, LiveGateway live) {
    var vpcId = live.vpcId();
    if (vpcId != null)
      aws.ec2(Permit.DELETE)
          .detachInternetGateway(r -> r.internetGatewayId(live.id()).vpcId(vpcId));
    aws.ec2(Permit.DELETE).deleteInternetGateway(r -> r.internetGatewayId(live.id()));
  }

  private static LiveGateway live(InternetGateway gateway) {
    return new LiveGateway(
        gateway.internetGatewayId(),
        gateway.attachments().stream()
            .map(InternetGatewayAttachment::vpcId)
            .findFirst()
            .orElse(null),
        Ec2Tags.map(gateway.tags()));
  }
}
