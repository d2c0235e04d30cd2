package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

final class RouteTables {
  private final MemoryRegion region;
  final Shelf<RouteTable> shelf;
  private final Tokens<CreateRouteTableRequest> tokens = new Tokens<>();

  RouteTables(MemoryRegion region) {
    this.region = region;
    this.shelf =
        new Shelf<>(
            region,
            "InvalidRouteTableID.NotFound",
            Map.of(
                "association.subnet-id",
                t ->
                    t.associations().stream()
                        .map(RouteTableAssociation::subnetId)
                        .filter(Objects::nonNull)
                        .toList()));
  }

  void addMain(String vpcId) {
    var id = region.newId("rtb");
    shelf.add(
        id,
        fresh(id, vpcId).toBuilder()
            .associations(
                RouteTableAssociation.builder()
                    .routeTableAssociationId(region.newId("rtbassoc"))
                    .routeTableId(id)
                    .main(true)
                    .build())
            .build());
  }

  void removeMain(String vpcId) {
    shelf.all().stream()
        .filter(t -> t.vpcId().equals(vpcId))
        .map(RouteTable::routeTableId)
        .toList()
        .forEach(shelf::remove);
  }

  /** Whether a VPC has a table beside its main one. */
  boolean hasOwn(String vpcId) {
    return shelf.all().stream()
        .anyMatch(
            t -> t.vpcId().equals(vpcId) && t.associations().stream().noneMatch(this::isMain));
  }

  private boolean isMain(RouteTableAssociation association) {
    return Boolean.TRUE.equals(association.main());
  }

  void subnetGone(String subnetId) {
    for (var table : List.copyOf(shelf.all()))
      withAssociations(
          table,
          table.associations().stream().filter(a -> !subnetId.equals(a.subnetId())).toList());
  }

  private RouteTable fresh(String id, String vpcId) {
    return RouteTable.builder()
        .routeTableId(id)
        .vpcId(vpcId)
        .routes(
            Route.builder()
                .destinationCidrBlock(region.vpcs.shelf.get(vpcId).cidrBlock())
                .gatewayId("local")
                .origin(RouteOrigin.CREATE_ROUTE_TABLE)
                .state(RouteState.ACTIVE)
                .build())
        .associations(List.of())
        .build();
  }

  CreateRouteTableResponse create(CreateRouteTableRequest request) {
    region.vpcs.shelf.get(request.vpcId());
    var id =
        tokens.once(
            request.clientToken(),
            request,
            () -> {
              var made = region.newId("rtb");
              region.tags.born(made, "route-table", request.tagSpecifications());
              shelf.add(made, fresh(made, request.vpcId()));
              return made;
            });
    return CreateRouteTableResponse.builder().routeTable(tagged(shelf.get(id))).build();
  }

  CreateRouteResponse createRoute(CreateRouteRequest request) {
    var table = shelf.get(request.routeTableId());
    var destination = request.destinationCidrBlock();
    if (route(table, destination).isPresent())
      throw AwsErrors.refused(
          "RouteAlreadyExists",
          "The route identified by %s already exists.".formatted(destination));
    addRoute(table, destination, request.gatewayId());
    return CreateRouteResponse.builder().returnValue(true).build();
  }

  ReplaceRouteResponse replaceRoute(ReplaceRouteRequest request) {
    var table = shelf.get(request.routeTableId());
    var destination = request.destinationCidrBlock();
    if (route(table, destination).isEmpty())
      throw AwsErrors.refused(
          "InvalidParameterValue",
          "There is no route defined for '%s' in the route table".formatted(destination));
    addRoute(removeRoute(table, destination), destination, request.gatewayId());
    return ReplaceRouteResponse.builder().build();
  }

  DeleteRouteResponse deleteRoute(DeleteRouteRequest request) {
    var table = shelf.get(request.routeTableId());
    var destination = request.destinationCidrBlock();
    if (route(table, destination).isEmpty())
      throw AwsErrors.refused(
          "InvalidRoute.NotFound", "no route with destination-cidr-block " + destination);
    removeRoute(table, destination);
    return DeleteRouteResponse.builder().build();
  }

  private static Optional<Route> route(RouteTable table, String destination) {
    return table.routes().stream()
        .filter(r -> destination.equals(r.destinationCidrBlock()))
        .findFirst();
  }

  private void addRoute(RouteTable table, String destination, String gatewayId) {
    if (!region.gateways.isAttached(gatewayId, table.vpcId()))
      throw AwsErrors.refused(
          "InvalidParameterValue",
          "route table %s and network gateway %s belong to different networks"
              .formatted(table.routeTableId(), gatewayId));
    var routes = new ArrayList<>(table.routes());
    routes.add(
        Route.builder()
            .destinationCidrBlock(destination)
            .gatewayId(gatewayId)
            .origin(RouteOrigin.CREATE_ROUTE)
            .state(RouteState.ACTIVE)
            .build());
    shelf.replace(table.routeTableId(), table.toBuilder().routes(routes).build());
  }

  private RouteTable removeRoute(RouteTable table, String destination) {
    var less =
        table.toBuilder()
            .routes(
                table.routes().stream()
                    .filter(r -> !destination.equals(r.destinationCidrBlock()))
                    .toList())
            .build();
    shelf.replace(table.routeTableId(), less);
    return less;
  }

  AssociateRouteTableResponse associate(AssociateRouteTableRequest request) {
    var table = shelf.get(request.routeTableId());
    region.subnets.shelf.get(request.subnetId());
    var taken =
        shelf.all().stream()
            .flatMap(t -> t.associations().stream())
            .anyMatch(a -> request.subnetId().equals(a.subnetId()));
    if (taken)
      throw AwsErrors.refused(
          "Resource.AlreadyAssociated",
          "the specified association for subnet %s conflicts with an existing association"
              .formatted(request.subnetId()));
    return AssociateRouteTableResponse.builder()
        .associationId(addAssociation(table, request.subnetId()))
        .build();
  }

  private String addAssociation(RouteTable table, String subnetId) {
    var association =
        RouteTableAssociation.builder()
            .routeTableAssociationId(region.newId("rtbassoc"))
            .routeTableId(table.routeTableId())
            .subnetId(subnetId)
            .main(false)
            .build();
    var associations = new ArrayList<>(table.associations());
    associations.add(association);
    withAssociations(table, associations);
    return association.routeTableAssociationId();
  }

  DisassociateRouteTableResponse disassociate(DisassociateRouteTableRequest request) {
    removeAssociation(request.associationId());
    return DisassociateRouteTableResponse.builder().build();
  }

  ReplaceRouteTableAssociationResponse replaceAssociation(
      ReplaceRouteTableAssociationRequest request) {
    shelf.get(request.routeTableId());
    var subnet = removeAssociation(request.associationId());
    return ReplaceRouteTableAssociationResponse.builder()
        .newAssociationId(addAssociation(shelf.get(request.routeTableId()), subnet))
        .build();
  }

  /** Gives the subnet it was for. */
  private String removeAssociation(String id) {
    for (var table : shelf.all())
      for (var association : table.associations())
        if (association.routeTableAssociationId().equals(id)) {
          withAssociations(
              table, table.associations().stream().filter(a -> !a.equals(association)).toList());
          return association.subnetId();
        }
    throw AwsErrors.notFound("InvalidAssociationID.NotFound", id);
  }

  private void withAssociations(RouteTable table, List<RouteTableAssociation> associations) {
    shelf.replace(table.routeTableId(), table.toBuilder().associations(associations).build());
  }

  DeleteRouteTableResponse delete(DeleteRouteTableRequest request) {
    var id = request.routeTableId();
    if (!shelf.get(id).associations().isEmpty())
      throw AwsErrors.dependency("The routeTable '%s' has dependencies".formatted(id));
    shelf.remove(id);
    return DeleteRouteTableResponse.builder().build();
  }

  DescribeRouteTablesResponse describe(DescribeRouteTablesRequest request) {
    if (request.hasRouteTableIds())
      return DescribeRouteTablesResponse.builder()
          .routeTables(shelf.byIds(request.routeTableIds()).stream().map(this::tagged).toList())
          .build();
    var page = shelf.page(request.filters(), request.nextToken(), request.maxResults());
    return DescribeRouteTablesResponse.builder()
        .routeTables(page.things().stream().map(this::tagged).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private RouteTable tagged(RouteTable table) {
    return table.toBuilder().tags(region.tags.list(table.routeTableId())).build();
  }
}
