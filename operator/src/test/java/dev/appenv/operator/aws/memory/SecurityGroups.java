package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Security groups; rules are kept one peer each, and shown as AWS shows them, peers together. */
final class SecurityGroups {
  private static final IpPermission EVERYTHING =
      IpPermission.builder()
          .ipProtocol("-1")
          .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
          .build();

  private final MemoryRegion region;
  final Shelf<SecurityGroup> shelf;

  SecurityGroups(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "InvalidGroup.NotFound", Map.of());
  }

  void addDefault(String vpcId) {
    var id = region.newId("sg");
    shelf.add(id, fresh(id, vpcId, "default", "default VPC security group"));
  }

  void removeDefault(String vpcId) {
    shelf.all().stream()
        .filter(g -> g.vpcId().equals(vpcId))
        .map(SecurityGroup::groupId)
        .toList()
        .forEach(shelf::remove);
  }

  boolean hasOwn(String vpcId) {
    return shelf.all().stream()
        .anyMatch(g -> g.vpcId().equals(vpcId) && !g.groupName().equals("default"));
  }

  private static SecurityGroup fresh(String id, String vpcId, String name, String description) {
    return SecurityGroup.builder()
        .groupId(id)
        .vpcId(vpcId)
        .groupName(name)
        .description(description)
        .ipPermissions(List.of())
        .ipPermissionsEgress(EVERYTHING)
        .build();
  }

  CreateSecurityGroupResponse create(CreateSecurityGroupRequest request) {
    region.vpcs.shelf.get(request.vpcId());
    for (var other : shelf.all())
      if (other.vpcId().equals(request.vpcId()) && other.groupName().equals(request.groupName()))
        throw AwsErrors.refused(
            "InvalidGroup.Duplicate",
            "The security group '%s' already exists for VPC '%s'"
                .formatted(request.groupName(), request.vpcId()));
    var id = region.newId("sg");
    region.tags.born(id, "security-group", request.tagSpecifications());
    shelf.add(id, fresh(id, request.vpcId(), request.groupName(), request.description()));
    return CreateSecurityGroupResponse.builder().groupId(id).build();
  }

  AuthorizeSecurityGroupIngressResponse authorize(AuthorizeSecurityGroupIngressRequest request) {
    var group = shelf.get(request.groupId());
    var rules = with(group.ipPermissions(), request.ipPermissions());
    shelf.replace(group.groupId(), group.toBuilder().ipPermissions(rules).build());
    return AuthorizeSecurityGroupIngressResponse.builder().returnValue(true).build();
  }

  AuthorizeSecurityGroupEgressResponse authorize(AuthorizeSecurityGroupEgressRequest request) {
    var group = shelf.get(request.groupId());
    var rules = with(group.ipPermissionsEgress(), request.ipPermissions());
    shelf.replace(group.groupId(), group.toBuilder().ipPermissionsEgress(rules).build());
    return AuthorizeSecurityGroupEgressResponse.builder().returnValue(true).build();
  }

  RevokeSecurityGroupIngressResponse revoke(RevokeSecurityGroupIngressRequest request) {
    var group = shelf.get(request.groupId());
    var rules = without(group.ipPermissions(), request.ipPermissions());
    shelf.replace(group.groupId(), group.toBuilder().ipPermissions(rules).build());
    return RevokeSecurityGroupIngressResponse.builder().returnValue(true).build();
  }

  RevokeSecurityGroupEgressResponse revoke(RevokeSecurityGroupEgressRequest request) {
    var group = shelf.get(request.groupId());
    var rules = without(group.ipPermissionsEgress(), request.ipPermissions());
    shelf.replace(group.groupId(), group.toBuilder().ipPermissionsEgress(rules).build());
    return RevokeSecurityGroupEgressResponse.builder().returnValue(true).build();
  }

  /** All or nothing, as in AWS. */
  private List<IpPermission> with(List<IpPermission> rules, List<IpPermission> more) {
    var all = singles(rules);
    for (var rule : singles(more)) {
      rule.userIdGroupPairs().forEach(pair -> shelf.get(pair.groupId()));
      if (all.contains(rule))
        throw AwsErrors.refused(
            "InvalidPermission.Duplicate", "the specified rule already exists: " + rule);
      all.add(rule);
    }
    return together(all);
  }

  private List<IpPermission> without(List<IpPermission> rules, List<IpPermission> less) {
    var all = singles(rules);
    for (var rule : singles(less))
      if (!all.remove(rule))
        throw AwsErrors.refused(
            "InvalidPermission.NotFound", "The specified rule does not exist: " + rule);
    return together(all);
  }

  private static List<IpPermission> singles(List<IpPermission> permissions) {
    var singles = new ArrayList<IpPermission>();
    for (var permission : permissions) {
      var bare = bare(permission);
      permission.ipRanges().forEach(r -> singles.add(bare.toBuilder().ipRanges(r).build()));
      permission.ipv6Ranges().forEach(r -> singles.add(bare.toBuilder().ipv6Ranges(r).build()));
      permission
          .userIdGroupPairs()
          .forEach(p ->
              singles.add(
                  bare.toBuilder()
                      .userIdGroupPairs(UserIdGroupPair.builder().groupId(p.groupId()).build())
                      .build()));
      permission
          .prefixListIds()
          .forEach(p -> singles.add(bare.toBuilder().prefixListIds(p).build()));
    }
    return singles;
  }

  private static IpPermission bare(IpPermission permission) {
    return IpPermission.builder()
        .ipProtocol(permission.ipProtocol())
        .fromPort(permission.fromPort())
        .toPort(permission.toPort())
        .build();
  }

  private static List<IpPermission> together(List<IpPermission> singles) {
    var byPorts = new LinkedHashMap<IpPermission, IpPermission>();
    for (var rule : singles)
      byPorts.merge(
          bare(rule),
          rule,
          (a, b) ->
              a.toBuilder()
                  .ipRanges(joined(a.ipRanges(), b.ipRanges()))
                  .ipv6Ranges(joined(a.ipv6Ranges(), b.ipv6Ranges()))
                  .userIdGroupPairs(joined(a.userIdGroupPairs(), b.userIdGroupPairs()))
                  .prefixListIds(joined(a.prefixListIds(), b.prefixListIds()))
                  .build());
    return List.copyOf(byPorts.values());
  }

  private static <T> List<T> joined(List<T> a, List<T> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  DeleteSecurityGroupResponse delete(DeleteSecurityGroupRequest request) {
    var id = request.groupId();
    shelf.get(id);
    var used =
        region.instances.there().stream()
            .anyMatch(i -> i.securityGroups().stream().anyMatch(g -> g.groupId().equals(id)));
    var referenced =
        shelf.all().stream()
            .filter(g -> !g.groupId().equals(id))
            .flatMap(
                g -> Stream.concat(g.ipPermissions().stream(), g.ipPermissionsEgress().stream()))
            .flatMap(p -> p.userIdGroupPairs().stream())
            .anyMatch(p -> p.groupId().equals(id));
    if (used
        || referenced
        || region.interfaces.uses(id)
        || region.databases.uses(id)
        || region.caches.usesSecurityGroup(id))
      throw AwsErrors.dependency("resource %s has a dependent object".formatted(id));
    shelf.remove(id);
    return DeleteSecurityGroupResponse.builder().build();
  }

  DescribeSecurityGroupsResponse describe(DescribeSecurityGroupsRequest request) {
    if (request.hasGroupIds())
      return DescribeSecurityGroupsResponse.builder()
          .securityGroups(shelf.byIds(request.groupIds()).stream().map(this::tagged).toList())
          .build();
    var page = shelf.page(request.filters(), request.nextToken(), request.maxResults());
    return DescribeSecurityGroupsResponse.builder()
        .securityGroups(page.things().stream().map(this::tagged).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private SecurityGroup tagged(SecurityGroup group) {
    return group.toBuilder().tags(region.tags.list(group.groupId())).build();
  }
}
