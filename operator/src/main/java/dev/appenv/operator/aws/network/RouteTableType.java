package dev.appenv.operator.aws.network;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.Ec2Type;
import dev.appenv.operator.aws.resource.Ref;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** A route table with its routes and the subnets that use it. */
final class RouteTableType implements Ec2Type<RouteTableType.Desired, RouteTableType.LiveTable> {
  private static final String EVERYWHERE = "0.0.0.0/0";

  /**
   * @param gateway where everything outside the VPC goes; null for a table without a way out
   */
  record Desired(
      Ref vpc, @Nullable Ref gateway, List<LogicalName> subnets, Map<String, String> tags)
      implements AwsDesired {}

  /**
   * @param routes target by destination, without the VPC's own
   * @param associations association id by subnet
   */
  record LiveTable(
      String id,
      String vpcId,
      Map<String, String> routes,
      Map<String, String> associations,
      Map<String, String> tags)
      implements AwsLive {
    @Override
    public Phase phase() {
      return Phase.READY;
    }
  }

  private static final FieldTable<Desired, LiveTable> FIELDS =
      AwsType.<Desired, LiveTable>tagged()
          .plain(
              "vpcId",
              IMMUTABLE,
              DriftClass.SECURITY,
              (d, ids) -> d.vpc().in(ids),
              LiveTable::vpcId)
          .elements(
              "routes",
              RECONCILED,
              DriftClass.SECURITY,
              RouteTableType::wantedRoutes,
              l -> texts(l.routes()))
          .elements(
              "associations",
              RECONCILED,
              DriftClass.RELEASE,
              RouteTableType::wantedSubnets,
              l -> l.associations().keySet());

  private static final Facts<Desired, LiveTable> FACTS =
      new Facts<>(
          "route table", Desired.class, LiveTable.class, FIELDS, DriftClass.RELEASE, Loss.IDENTITY);

  @Override
  public Facts<Desired, LiveTable> facts() {
    return FACTS;
  }

  @Override
  public List<LiveTable> list(Calls aws, String clusterId) {
    return aws
        .ec2(Permit.READ)
        .describeRouteTablesPaginator(r -> r.filters(Ec2Tags.ofCluster(clusterId)).maxResults(100))
        .routeTables()
        .stream()
        .map(RouteTableType::live)
        .toList();
  }

  @Override
  public Optional<LiveTable> find(Calls aws, String id) {
    return Ec2Type.one(
        id,
        () -> aws.ec2(Permit.READ).describeRouteTables(r -> r.routeTableIds(id)).routeTables(),
        RouteTableType::live);
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    return aws.ec2(Permit.CREATE)
        .createRouteTable(r ->
            r.vpcId(desired.vpc().require(creation.ids()))
                .clientToken(creation.token())
                .tagSpecifications(Ec2Tags.on(ResourceType.ROUTE_TABLE, creation.tags())))
        .routeTable()
        .routeTableId();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveTable live, List<Difference> differences, Ids ids) {
    Ec2Type.putTags(aws, live.id(), differences);
    for (var difference : differences)
      switch (difference.field()) {
        case "routes" -> changeRoute(aws, desired, live, difference, ids);
        case "associations" -> changeAssociation(aws, live, difference);
        default -> {}
      }
  }

  private static void changeRoute(
      Calls aws, Desired desired, LiveTable live, Difference difference, Ids ids) {
    var destination = difference.element().substring(0, difference.element().indexOf(" via "));
    var ec2 = aws.ec2(Permit.CHANGE);
    var gateway = desired.gateway();
    if (difference.desired().equals(Drift.ABSENT)) {
      // One that only leads elsewhere is replaced below, so that there is no moment without it.
      if (destination.equals(EVERYWHERE) && gateway != null) return;
      if (destination.contains(":"))
        ec2.deleteRoute(r -> r.routeTableId(live.id()).destinationIpv6CidrBlock(destination));
      else if (destination.startsWith("pl-"))
        ec2.deleteRoute(r -> r.routeTableId(live.id()).destinationPrefixListId(destination));
      else ec2.deleteRoute(r -> r.routeTableId(live.id()).destinationCidrBlock(destination));
    } else if (gateway != null) {
      var target = gateway.require(ids);
      if (live.routes().containsKey(destination))
        ec2.replaceRoute(
            r -> r.routeTableId(live.id()).destinationCidrBlock(destination).gatewayId(target));
      else
        ec2.createRoute(
            r -> r.routeTableId(live.id()).destinationCidrBlock(destination).gatewayId(target));
    }
  }

  private static void changeAssociation(Calls aws, LiveTable live, Difference difference) {
    var subnet = difference.element();
    var ec2 = aws.ec2(Permit.CHANGE);
    if (difference.desired().equals(Drift.ABSENT)) {
      ec2.disassociateRouteTable(r -> r.associationId(live.associations().get(subnet)));
      return;
    }
    try {
      ec2.associateRouteTable(r -> r.routeTableId(live.id()).subnetId(subnet));
    } catch (Ec2Exception e) {
      if (!Failures.code(e).equals("Resource.AlreadyAssociated")) throw e;
      ec2.replaceRouteTableAssociation(
          r -> r.associationId(associationOf(aws, subnet)).routeTableId(live.id()));
    }
  }

  private static String associationOf(Calls aws, String subnet) {
    return aws
        .ec2(Permit.READ)
        .describeRouteTables(r -> r.filters(f -> f.name("association.subnet-id").values(subnet)))
        .routeTables()
        .stream()
        .flatMap(t -> t.associations().stream())
        .filter(a -> subnet.equals(a.subnetId()))
        .findFirst()
        .orElseThrow(() -> new EmptyAnswer(subnet))
        .routeTableAssociationId();
  }

  @Override
  public void delete(Calls aws, LiveTable live) {
    var ec2 = aws.ec2(Permit.DELETE);
    live.associations()
        .values()
        .forEach(association -> ec2.disassociateRouteTable(r -> r.associationId(association)));
    ec2.deleteRouteTable(r -> r.routeTableId(live.id()));
  }

  private static @Nullable Set<String> wantedRoutes(Desired desired, Ids ids) {
    var gateway = desired.gateway();
    if (gateway == null) return Set.of();
    var target = gateway.in(ids);
    return target == null ? null : texts(Map.of(EVERYWHERE, target));
  }

  private static @Nullable Set<String> wantedSubnets(Desired desired, Ids ids) {
    var subnets = new TreeSet<String>();
    for (var name : desired.subnets()) {
      var id = ids.idOf(name);
      if (id == null) return null;
      subnets.add(id);
    }
    return subnets;
  }

  private static Set<String> texts(Map<String, String> routes) {
    return routes.entrySet().stream()
        .map(e -> e.getKey() + " via " + e.getValue())
        .collect(Collectors.toSet());
  }

  private static LiveTable live(RouteTable table) {
    var routes = new TreeMap<String, String>();
    for (var route : table.routes())
      if (!"local".equals(route.gatewayId()) && route.origin() == RouteOrigin.CREATE_ROUTE)
        routes.put(destination(route), target(route));
    var associations = new TreeMap<String, String>();
    for (var association : table.associations())
      if (association.subnetId() != null)
        associations.put(association.subnetId(), association.routeTableAssociationId());
    return new LiveTable(
        table.routeTableId(), table.vpcId(), routes, associations, Ec2Tags.map(table.tags()));
  }

  private static String destination(Route route) {
    if (route.destinationCidrBlock() != null) return route.destinationCidrBlock();
    return route.destinationIpv6CidrBlock() != null
        ? route.destinationIpv6CidrBlock()
        : route.destinationPrefixListId();
  }

  private static String target(Route route) {
    for (var target :
        Arrays.asList(
            route.gatewayId(),
            route.natGatewayId(),
            route.networkInterfaceId(),
            route.vpcPeeringConnectionId(),
            route.transitGatewayId(),
            route.egressOnlyInternetGatewayId(),
            route.instanceId())) if (target != null) return target;
    return "something else";
  }
}
