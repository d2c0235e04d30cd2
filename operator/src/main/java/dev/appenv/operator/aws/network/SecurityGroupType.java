package dev.appenv.operator.aws.network;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.network.Rule.Direction;
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
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

final class SecurityGroupType
    implements Ec2Type<SecurityGroupType.Desired, SecurityGroupType.LiveGroup>,
        Surveyed<SecurityGroupType.LiveGroup, Occupants> {

  /**
   * @param ingress rules with a fixed peer
   * @param from a group of the environment that may reach the ports
   * @param ports TCP ports that {@code from} may reach
   */
  record Desired(
      Ref vpc,
      String name,
      String description,
      Set<Rule> ingress,
      @Nullable LogicalName from,
      List<Integer> ports,
      Map<String, String> tags)
      implements AwsDesired {}

  /**
   * @param occupants what is in the group, and so may reach what it may reach
   */
  record LiveGroup(
      String id,
      String vpcId,
      Set<String> ingress,
      Set<String> egress,
      Occupants occupants,
      Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveGroup> FIELDS =
      AwsType.<Desired, LiveGroup>tagged()
          .plain(
              "vpcId",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> d.vpc().in(ids),
              LiveGroup::vpcId)
          .elements(
              "ingress",
              RECONCILED,
              DriftClass.SECURITY,
              SecurityGroupType::ingress,
              LiveGroup::ingress)
          .elements(
              "egress",
              RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> Set.of(Rule.everything("0.0.0.0/0").text(Direction.EGRESS)),
              LiveGroup::egress)
          .foreign(
              "interfaces", DriftClass.SECURITY, (l, ids) -> l.occupants().foreign(l.tags(), ids));

  private static final Facts<Desired, LiveGroup> FACTS =
      new Facts<>(
          "security group",
          Desired.class,
          LiveGroup.class,
          FIELDS,
          DriftClass.SECURITY,
          Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveGroup> facts() {
    return FACTS;
  }

  @Override
  public List<LiveGroup> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeSecurityGroupsPaginator(
            r -> r.filters(Ec2Tags.ofCluster(clusterId)).maxResults(1000))
        .securityGroups()
        .stream()
        .map(SecurityGroupType::live)
        .toList();
  }

  @Override
  public Optional<LiveGroup> find(Calls aws, String id) {
    return Ec2Type.one(
        id,
        () -> aws.ec2(Permit.READ).describeSecurityGroups(r -> r.groupIds(id)).securityGroups(),
        SecurityGroupType::live);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.ec2(Permit.CREATE)
        .createSecurityGroup(r ->
            r.vpcId(desired.vpc().require(creation.ids()))
                .groupName(desired.name())
                .description(desired.description())
                .tagSpecifications(Ec2Tags.on(ResourceType.SECURITY_GROUP, creation.tags())))
        .groupId();
  }

  /**
   * What is missing is allowed before what is surplus is taken away, so that nothing that may come
   * in is shut out meanwhile.
   */
  @Override
  public void change(
      Calls aws, Desired desired, LiveGroup live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
    var ec2 = aws.ec2(Permit.CHANGE);
    allow(ec2, live, missing(differences, "ingress"), Direction.INGRESS);
    allow(ec2, live, missing(differences, "egress"), Direction.EGRESS);
    refuse(ec2, live, surplus(differences, "ingress"), Direction.INGRESS);
    refuse(ec2, live, surplus(differences, "egress"), Direction.EGRESS);
  }

  private static List<IpPermission> missing(List<Difference> differences, String field) {
    return permissions(differences, field, Drift.PRESENT);
  }

  private static List<IpPermission> surplus(List<Difference> differences, String field) {
    return permissions(differences, field, Drift.ABSENT);
  }

  private static List<IpPermission> permissions(
      List<Difference> differences, String field, String wanted) {
    return differences.stream()
        .filter(d -> d.field().equals(field) && d.desired().equals(wanted))
        .map(d -> Rule.parse(d.element()).permission())
        .toList();
  }

  private static void allow(
      Ec2Client ec2, LiveGroup live, List<IpPermission> permissions, Direction direction) {
    if (permissions.isEmpty()) return;
    try {
      if (direction == Direction.INGRESS)
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(live.id()).ipPermissions(permissions));
      else ec2.authorizeSecurityGroupEgress(r -> r.groupId(live.id()).ipPermissions(permissions));
    } catch (Ec2Exception e) {
      // Refused as a whole because some are there already: the next look shows which are not.
      if (!Failures.code(e).equals("InvalidPermission.Duplicate")) throw e;
    }
  }

  private static void refuse(
      Ec2Client ec2, LiveGroup live, List<IpPermission> permissions, Direction direction) {
    if (permissions.isEmpty()) return;
    try {
      if (direction == Direction.INGRESS)
        ec2.revokeSecurityGroupIngress(r -> r.groupId(live.id()).ipPermissions(permissions));
      else ec2.revokeSecurityGroupEgress(r -> r.groupId(live.id()).ipPermissions(permissions));
    } catch (Ec2Exception e) {
      if (!Failures.code(e).equals("InvalidPermission.NotFound")) throw e;
    }
  }

  @Override
  public void delete(Calls aws, LiveGroup live) {
    var ec2 = aws.ec2(Permit.DELETE);
    live.occupants()
        .deleting(live.id(), live.tags(), () -> ec2.deleteSecurityGroup(r -> r.groupId(live.id())));
  }

  @Override
  public Survey<Occupants> survey() {
    return Occupants.SURVEY;
  }

  @Override
  public LiveGroup with(LiveGroup live, Occupants seen) {
    return new LiveGroup(
        live.id(),
        live.vpcId(),
        live.ingress(),
        live.egress(),
        seen.where(occupant -> occupant.groups().contains(live.id())),
        live.tags());
  }

  private static @Nullable Set<String> ingress(Desired desired, Ids ids) {
    var texts = new TreeSet<String>();
    desired.ingress().forEach(rule -> texts.add(rule.text(Direction.INGRESS)));
    var from = desired.from();
    if (from != null) {
      var peer = ids.idOf(from);
      if (peer == null) return null;
      desired.ports().forEach(port -> texts.add(Rule.tcp(port, peer).text(Direction.INGRESS)));
    }
    return texts;
  }

  private static LiveGroup live(SecurityGroup group) {
    return new LiveGroup(
        group.groupId(),
        group.vpcId(),
        Rule.texts(group.ipPermissions(), Direction.INGRESS),
        Rule.texts(group.ipPermissionsEgress(), Direction.EGRESS),
        Occupants.NONE,
        Ec2Tags.map(group.tags()));
  }
}
