package dev.appenv.e2e.drift;

import dev.appenv.e2e.bed.Person;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * What AWS itself says of what an environment owns, past the operator: by logical name, in forms
 * that can be compared.
 */
final class Picture {
  private final Person who;

  private Picture(Person who) {
    this.who = who;
  }

  static Map<String, Object> of(Person who) {
    var picture = new TreeMap<String, Object>();
    who.ids().keySet().forEach(name -> picture.put(name, new Picture(who).of(name)));
    return picture;
  }

  private Object of(String name) {
    var id = who.id(name);
    return switch (name) {
      case "database.instance" -> database(id);
      case "database.subnetGroup" ->
          who.rds().describeDBSubnetGroups(r -> r.dbSubnetGroupName(id)).dbSubnetGroups();
      case "database.parameterGroup" ->
          unordered(
              who.rds()
                  .describeDBParameters(r -> r.dbParameterGroupName(id).source("user"))
                  .parameters());
      case "cache.replicationGroup" ->
          List.<Object>of(
              who.elastiCache()
                  .describeReplicationGroups(r -> r.replicationGroupId(id))
                  .replicationGroups(),
              who.elastiCache().describeCacheClusters().cacheClusters());
      case "cache.subnetGroup" ->
          who.elastiCache()
              .describeCacheSubnetGroups(r -> r.cacheSubnetGroupName(id))
              .cacheSubnetGroups();
      case "storage.bucket" -> bucket(id);
      case "identity.role" -> role(id);
      case "identity.instanceProfile" ->
          who
              .iam()
              .getInstanceProfile(r -> r.instanceProfileName(id))
              .instanceProfile()
              .roles()
              .stream()
              .map(Role::roleName)
              .toList();
      case "email.user", "email.accessKey" -> user(who.id("email.user"));
      case "email.identity" ->
          List.<Object>of(
              who.sesV2().getEmailIdentity(r -> r.emailIdentity(id)).dkimAttributes(),
              who.sesV2().getEmailIdentityPolicies(r -> r.emailIdentity(id)).policies());
      case "dns.record" ->
          unordered(
              who.route53()
                  .listResourceRecordSets(r -> r.hostedZoneId(id.substring(0, id.indexOf('/'))))
                  .resourceRecordSets());
      default -> List.<Object>of(tags(id), ofNetwork(name, id));
    };
  }

  private Set<Object> tags(String id) {
    return unordered(
        who.ec2().describeTags(r -> r.filters(f -> f.name("resource-id").values(id))).tags());
  }

  private Object ofNetwork(String name, String id) {
    if (name.endsWith("Subnet" + name.charAt(name.length() - 1)))
      return who.ec2()
          .describeSubnets(r -> r.subnetIds(id))
          .subnets()
          .getFirst()
          .mapPublicIpOnLaunch();
    if (name.endsWith("RouteTable")) {
      var table = who.ec2().describeRouteTables(r -> r.routeTableIds(id)).routeTables().getFirst();
      return List.<Object>of(
          unordered(table.routes()),
          unordered(table.associations().stream().map(RouteTableAssociation::subnetId).toList()));
    }
    if (name.endsWith("SecurityGroup")) {
      var group = who.ec2().describeSecurityGroups(r -> r.groupIds(id)).securityGroups().getFirst();
      return List.<Object>of(
          unordered(group.ipPermissions()), unordered(group.ipPermissionsEgress()));
    }
    return switch (name) {
      case "compute.instance" -> machine(id);
      case "compute.address" ->
          who.ec2().describeAddresses(r -> r.allocationIds(id)).addresses().getFirst().instanceId();
      default -> "";
    };
  }

  private Object machine(String id) {
    var machine =
        who.ec2()
            .describeInstances(r -> r.instanceIds(id))
            .reservations()
            .getFirst()
            .instances()
            .getFirst();
    return List.<Object>of(
        machine.instanceTypeAsString(),
        machine.state(),
        unordered(machine.securityGroups()),
        machine.metadataOptions(),
        machine.iamInstanceProfile().arn());
  }

  /** Without what goes on with time, and what comes with the type of storage. */
  private Object database(String id) {
    var database = who.aws().database(id);
    return List.<Object>of(
        unordered(database.tagList()),
        database.toBuilder().tagList(List.of()).latestRestorableTime(null).iops(null).build());
  }

  private Object bucket(String id) {
    var s3 = who.s3();
    return Stream.<Supplier<?>>of(
            () -> unordered(s3.getBucketTagging(r -> r.bucket(id)).tagSet()),
            () -> s3.getPublicAccessBlock(r -> r.bucket(id)).publicAccessBlockConfiguration(),
            () -> s3.getBucketOwnershipControls(r -> r.bucket(id)).ownershipControls(),
            () -> s3.getBucketPolicy(r -> r.bucket(id)).policy(),
            () -> s3.getBucketCors(r -> r.bucket(id)).corsRules(),
            () -> s3.getBucketEncryption(r -> r.bucket(id)).serverSideEncryptionConfiguration(),
            () -> s3.getBucketVersioning(r -> r.bucket(id)).status(),
            () -> s3.getBucketLifecycleConfiguration(r -> r.bucket(id)).rules())
        .map(Picture::orWhyNot)
        .toList();
  }

  private Object role(String id) {
    var iam = who.iam();
    return List.<Object>of(
        iam.getRole(r -> r.roleName(id)).role().toBuilder().tags(List.of()).build(),
        unordered(iam.listRoleTags(r -> r.roleName(id)).tags()),
        unordered(iam.listAttachedRolePolicies(r -> r.roleName(id)).attachedPolicies()),
        iam.listRolePolicies(r -> r.roleName(id)).policyNames().stream()
            .map(policy ->
                iam.getRolePolicy(r -> r.roleName(id).policyName(policy)).policyDocument())
            .toList());
  }

  private Object user(String id) {
    var iam = who.iam();
    return List.<Object>of(
        iam.getUser(r -> r.userName(id)).user().toBuilder().tags(List.of()).build(),
        unordered(iam.listUserTags(r -> r.userName(id)).tags()),
        iam.listAccessKeys(r -> r.userName(id)).accessKeyMetadata(),
        iam.listGroupsForUser(r -> r.userName(id)).groups(),
        unordered(iam.listAttachedUserPolicies(r -> r.userName(id)).attachedPolicies()),
        orWhyNot(() -> iam.getLoginProfile(r -> r.userName(id))),
        iam.listUserPolicies(r -> r.userName(id)).policyNames().stream()
            .map(policy ->
                iam.getUserPolicy(r -> r.userName(id).policyName(policy)).policyDocument())
            .toList());
  }

  private static Object orWhyNot(Supplier<?> question) {
    try {
      return question.get();
    } catch (AwsServiceException e) {
      return e.awsErrorDetails().errorCode();
    }
  }

  private static Set<Object> unordered(List<?> things) {
    return new HashSet<>(things);
  }
}
