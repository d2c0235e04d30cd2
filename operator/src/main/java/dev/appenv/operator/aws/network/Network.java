package dev.appenv.operator.aws.network;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.NetworkSpec;
import dev.appenv.api.VpcSpec;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.resource.Ref;
import dev.appenv.operator.aws.resource.SharedNames;
import dev.appenv.operator.aws.resource.VisibleTags;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The network of an environment: a VPC of its own or a part of an existing one, in two availability
 * zones.
 */
public final class Network implements Noun {
  private static final LogicalName VPC = LogicalName.of("network.vpc");
  private static final LogicalName GATEWAY = LogicalName.of("network.internetGateway");

  private static final String ANYWHERE = "0.0.0.0/0";
  private static final int POSTGRES = 5432;
  private static final int REDIS = 6379;

  /** All four of an environment. */
  static final List<LogicalName> SUBNETS =
      List.of(
          SharedNames.MACHINE_SUBNET,
          LogicalName.of("network.publicSubnetB"),
          SharedNames.PRIVATE_SUBNET_A,
          SharedNames.PRIVATE_SUBNET_B);

  private static final VpcType VPC_TYPE = new VpcType();
  private static final SubnetType SUBNET_TYPE = new SubnetType();
  private static final RouteTableType TABLE_TYPE = new RouteTableType();
  private static final SecurityGroupType GROUP_TYPE = new SecurityGroupType();

  private static final Slot<VpcType.Desired, VpcType.LiveVpc> vpc = new Slot<>(VPC, VPC_TYPE);
  private static final Slot<InternetGatewayType.Desired, InternetGatewayType.LiveGateway> gateway =
      new Slot<>(GATEWAY, new InternetGatewayType()).needs(VPC);
  private static final Slot<SubnetType.Desired, SubnetType.LiveSubnet> publicA =
      new Slot<>(SharedNames.MACHINE_SUBNET, SUBNET_TYPE).needs(VPC);
  private static final Slot<SubnetType.Desired, SubnetType.LiveSubnet> publicB =
      new Slot<>(LogicalName.of("network.publicSubnetB"), SUBNET_TYPE).needs(VPC);
  private static final Slot<SubnetType.Desired, SubnetType.LiveSubnet> privateA =
      new Slot<>(SharedNames.PRIVATE_SUBNET_A, SUBNET_TYPE).needs(VPC);
  private static final Slot<SubnetType.Desired, SubnetType.LiveSubnet> privateB =
      new Slot<>(SharedNames.PRIVATE_SUBNET_B, SUBNET_TYPE).needs(VPC);
  private static final Slot<RouteTableType.Desired, RouteTableType.LiveTable> publicRoutes =
      new Slot<>(SharedNames.MACHINE_ROUTES, TABLE_TYPE)
          .needs(VPC, publicA.name(), publicB.name())
          .after(GATEWAY);
  private static final Slot<RouteTableType.Desired, RouteTableType.LiveTable> privateRoutes =
      new Slot<>(LogicalName.of("network.privateRouteTable"), TABLE_TYPE)
          .needs(VPC, privateA.name(), privateB.name());
  private static final Slot<SecurityGroupType.Desired, SecurityGroupType.LiveGroup> machineGroup =
      new Slot<>(SharedNames.MACHINE_GROUP, GROUP_TYPE).needs(VPC);
  private static final Slot<SecurityGroupType.Desired, SecurityGroupType.LiveGroup> dataGroup =
      new Slot<>(SharedNames.DATA_GROUP, GROUP_TYPE).needs(VPC, SharedNames.MACHINE_GROUP);

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(
        vpc,
        gateway,
        publicA,
        publicB,
        privateA,
        privateB,
        publicRoutes,
        privateRoutes,
        machineGroup,
        dataGroup);
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    var spec = wish.spec().network();
    var shared = spec.vpc().mode() == VpcSpec.Mode.Shared ? spec.vpc().id() : null;
    var inside = shared == null ? Ref.to(VPC) : new Ref.Existing(shared);
    var out = wayOut(wish, shared);
    var tags = new VisibleTags(wish);
    var blocks = Cidr.parse(spec.vpc().cidr()).quarters();
    var zones = wish.resolved().zones();
    var wanted = new ArrayList<DesiredResource<?, ?>>();
    if (shared == null) {
      wanted.add(
          vpc.wants(new VpcType.Desired(Cidr.parse(spec.vpc().cidr()).text(), tags.of(VPC))));
      wanted.add(gateway.wants(new InternetGatewayType.Desired(VPC, tags.of(GATEWAY))));
    }
    wanted.add(subnet(publicA, inside, blocks.get(0), zones.get(0), true, tags));
    wanted.add(subnet(publicB, inside, blocks.get(1), zones.get(1), true, tags));
    wanted.add(subnet(privateA, inside, blocks.get(2), zones.get(0), false, tags));
    wanted.add(subnet(privateB, inside, blocks.get(3), zones.get(1), false, tags));
    wanted.add(
        publicRoutes.wants(
            new RouteTableType.Desired(
                inside,
                out,
                List.of(publicA.name(), publicB.name()),
                tags.of(SharedNames.MACHINE_ROUTES))));
    wanted.add(
        privateRoutes.wants(
            new RouteTableType.Desired(
                inside,
                null,
                List.of(privateA.name(), privateB.name()),
                tags.of(privateRoutes.name()))));
    wanted.add(machineGroup.wants(machineGroup(spec, inside, wish, tags)));
    wanted.add(dataGroup.wants(dataGroup(inside, wish, tags)));
    return wanted;
  }

  @Override
  public List<Need> needs(AppEnvironmentSpec spec, InstanceSizes sizes) {
    return spec.network().vpc().mode() == VpcSpec.Mode.Shared
        ? List.of()
        : List.of(
            new Need(VPC, NetworkQuotas.VPCS, 1), new Need(GATEWAY, NetworkQuotas.GATEWAYS, 1));
  }

  @Override
  public List<Census> censuses() {
    return NetworkQuotas.CENSUSES;
  }

  private static Ref wayOut(Wish wish, @Nullable String sharedVpc) {
    if (sharedVpc == null) return Ref.to(GATEWAY);
    var existing = wish.resolved().internetGatewayId();
    if (existing == null)
      throw new IllegalStateException("the gateway of " + sharedVpc + " was not resolved");
    return new Ref.Existing(existing);
  }

  private static DesiredResource<?, ?> subnet(
      Slot<SubnetType.Desired, SubnetType.LiveSubnet> slot,
      Ref vpc,
      Cidr block,
      String zone,
      boolean isPublic,
      VisibleTags tags) {
    return slot.wants(
        new SubnetType.Desired(vpc, block.text(), zone, isPublic, tags.of(slot.name())));
  }

  private static SecurityGroupType.Desired machineGroup(
      NetworkSpec spec, Ref vpc, Wish wish, VisibleTags tags) {
    var rules = new TreeSet<Rule>(Comparator.comparing(Rule::toString));
    var sshFrom = spec.sshFrom() == null ? List.of(ANYWHERE) : spec.sshFrom();
    sshFrom.forEach(source -> rules.add(Rule.tcp(22, Cidr.parse(source).text())));
    rules.add(Rule.tcp(80, ANYWHERE));
    rules.add(Rule.tcp(443, ANYWHERE));
    return new SecurityGroupType.Desired(
        vpc,
        groupName(wish, "machine"),
        "SSH, HTTP and HTTPS to the machine",
        rules,
        null,
        List.of(),
        tags.of(SharedNames.MACHINE_GROUP));
  }

  private static SecurityGroupType.Desired dataGroup(Ref vpc, Wish wish, VisibleTags tags) {
    return new SecurityGroupType.Desired(
        vpc,
        groupName(wish, "data"),
        "PostgreSQL and Redis from the machine only",
        Set.of(),
        SharedNames.MACHINE_GROUP,
        List.of(POSTGRES, REDIS),
        tags.of(dataGroup.name()));
  }

  private static String groupName(Wish wish, String role) {
    return "appenv-%s-%s".formatted(wish.owner().uid(), role);
  }
}
