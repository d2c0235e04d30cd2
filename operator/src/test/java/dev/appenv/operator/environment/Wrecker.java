package dev.appenv.operator.environment;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.elasticache.model.ModifyReplicationGroupRequest;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/** Somebody at the console who deletes what is the environment's. */
final class Wrecker {
  private final Stage stage;
  private final Ec2Client hand;
  private final S3Client storage;
  private final IamClient identity;

  Wrecker(Stage stage) {
    this.stage = stage;
    this.hand = stage.hand;
    this.storage = stage.storage;
    this.identity = stage.identity;
  }

  void everything() {
    instance();
    address();
    keyPair();
    group("network.dataSecurityGroup");
    group("network.machineSecurityGroup");
    routeTable("network.publicRouteTable");
    routeTable("network.privateRouteTable");
    gateway();
    for (var name :
        List.of(
            "network.publicSubnetA",
            "network.publicSubnetB",
            "network.privateSubnetA",
            "network.privateSubnetB")) subnet(name);
    hand.deleteVpc(r -> r.vpcId(stage.id("network.vpc")));
  }

  void instance() {
    hand.terminateInstances(r -> r.instanceIds(stage.id("compute.instance")));
    stage.region.settle();
  }

  void address() {
    var id = stage.id("compute.address");
    var association =
        hand.describeAddresses(r -> r.allocationIds(id)).addresses().getFirst().associationId();
    if (association != null) hand.disassociateAddress(r -> r.associationId(association));
    hand.releaseAddress(r -> r.allocationId(id));
  }

  void keyPair() {
    hand.deleteKeyPair(r -> r.keyPairId(stage.id("compute.keyPair")));
  }

  void group(String name) {
    hand.deleteSecurityGroup(r -> r.groupId(stage.id(name)));
  }

  void routeTable(String name) {
    var id = stage.id(name);
    for (var association :
        hand.describeRouteTables(r -> r.routeTableIds(id)).routeTables().getFirst().associations())
      hand.disassociateRouteTable(r -> r.associationId(association.routeTableAssociationId()));
    hand.deleteRouteTable(r -> r.routeTableId(id));
  }

  void detachGateway() {
    hand.detachInternetGateway(r ->
        r.internetGatewayId(stage.id("network.internetGateway")).vpcId(stage.id("network.vpc")));
  }

  void gateway() {
    detachGateway();
    hand.deleteInternetGateway(r -> r.internetGatewayId(stage.id("network.internetGateway")));
  }

  void subnet(String name) {
    hand.deleteSubnet(r -> r.subnetId(stage.id(name)));
  }

  void disassociateAddress() {
    var id = stage.id("compute.address");
    var association =
        hand.describeAddresses(r -> r.allocationIds(id)).addresses().getFirst().associationId();
    hand.disassociateAddress(r -> r.associationId(association));
  }

  void stop() {
    hand.stopInstances(r -> r.instanceIds(stage.id("compute.instance")));
    stage.region.settle();
  }

  void changeType(String type) {
    stop();
    hand.modifyInstanceAttribute(
        r -> r.instanceId(stage.id("compute.instance")).instanceType(t -> t.value(type)));
    hand.startInstances(r -> r.instanceIds(stage.id("compute.instance")));
    stage.region.settle();
  }

  void groups(String... names) {
    var ids = Stream.of(names).map(stage::id).toList();
    hand.modifyInstanceAttribute(r -> r.instanceId(stage.id("compute.instance")).groups(ids));
  }

  void allowImdsV1() {
    hand.modifyInstanceMetadataOptions(
        r -> r.instanceId(stage.id("compute.instance")).httpTokens(HttpTokensState.OPTIONAL));
  }

  void open(String group, int port) {
    hand.authorizeSecurityGroupIngress(
        r -> r.groupId(stage.id(group)).ipPermissions(toAnywhere(port)));
  }

  void close(String group, int port) {
    hand.revokeSecurityGroupIngress(
        r -> r.groupId(stage.id(group)).ipPermissions(toAnywhere(port)));
  }

  void closeToMachine(int port) {
    hand.revokeSecurityGroupIngress(r ->
        r.groupId(stage.id("network.dataSecurityGroup"))
            .ipPermissions(p ->
                p.ipProtocol("tcp")
                    .fromPort(port)
                    .toPort(port)
                    .userIdGroupPairs(g -> g.groupId(stage.id("network.machineSecurityGroup")))));
  }

  void letOut(String group, int port) {
    hand.authorizeSecurityGroupEgress(
        r -> r.groupId(stage.id(group)).ipPermissions(toAnywhere(port)));
  }

  void letNothingOut(String group) {
    hand.revokeSecurityGroupEgress(r ->
        r.groupId(stage.id(group))
            .ipPermissions(p -> p.ipProtocol("-1").ipRanges(i -> i.cidrIp("0.0.0.0/0"))));
  }

  private static IpPermission toAnywhere(int port) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .ipRanges(i -> i.cidrIp("0.0.0.0/0"))
        .build();
  }

  void mapPublic(String subnet, boolean map) {
    hand.modifySubnetAttribute(
        r -> r.subnetId(stage.id(subnet)).mapPublicIpOnLaunch(v -> v.value(map)));
  }

  void route(String table, String destination) {
    hand.createRoute(r ->
        r.routeTableId(stage.id(table))
            .destinationCidrBlock(destination)
            .gatewayId(stage.id("network.internetGateway")));
  }

  void unroute(String table, String destination) {
    hand.deleteRoute(r -> r.routeTableId(stage.id(table)).destinationCidrBlock(destination));
  }

  void disassociate(String table, String subnet) {
    hand.disassociateRouteTable(r -> r.associationId(association(table, subnet)));
  }

  void moveTo(String table, String subnet, String other) {
    moveToTable(table, subnet, stage.id(other));
  }

  void moveToTable(String table, String subnet, String otherId) {
    hand.replaceRouteTableAssociation(
        r -> r.associationId(association(table, subnet)).routeTableId(otherId));
  }

  private String association(String table, String subnet) {
    return hand
        .describeRouteTables(r -> r.routeTableIds(stage.id(table)))
        .routeTables()
        .getFirst()
        .associations()
        .stream()
        .filter(a -> stage.id(subnet).equals(a.subnetId()))
        .findFirst()
        .orElseThrow()
        .routeTableAssociationId();
  }

  void tag(String resource, String key, String value) {
    hand.createTags(r -> r.resources(stage.id(resource)).tags(t -> t.key(key).value(value)));
  }

  void untag(String resource, String key) {
    hand.deleteTags(r -> r.resources(stage.id(resource)).tags(t -> t.key(key)));
  }

  void bucket() {
    storage.deleteBucket(r -> r.bucket(stage.bucket()));
  }

  void forgetEncryption() {
    storage.deleteBucketEncryption(r -> r.bucket(stage.bucket()));
  }

  void allowPublicAcls() {
    storage.putPublicAccessBlock(r ->
        r.bucket(stage.bucket())
            .publicAccessBlockConfiguration(b ->
                b.blockPublicAcls(false)
                    .ignorePublicAcls(true)
                    .blockPublicPolicy(true)
                    .restrictPublicBuckets(true)));
  }

  void allowObjectsOfOthers() {
    storage.putBucketOwnershipControls(r ->
        r.bucket(stage.bucket())
            .ownershipControls(
                c -> c.rules(rule -> rule.objectOwnership(ObjectOwnership.OBJECT_WRITER))));
  }

  void suspendVersioning() {
    storage.putBucketVersioning(r ->
        r.bucket(stage.bucket())
            .versioningConfiguration(v -> v.status(BucketVersioningStatus.SUSPENDED)));
  }

  void keepAllVersions() {
    storage.deleteBucketLifecycle(r -> r.bucket(stage.bucket()));
  }

  void allowAllOrigins() {
    storage.putBucketCors(r ->
        r.bucket(stage.bucket())
            .corsConfiguration(
                c -> c.corsRules(rule -> rule.allowedOrigins("*").allowedMethods("GET"))));
  }

  void makePublic() {
    policy(
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::%s/*\"}}"
            .formatted(stage.bucket()));
  }

  void policy(String policy) {
    storage.putBucketPolicy(r -> r.bucket(stage.bucket()).policy(policy));
  }

  void renameBucket() {
    var tags =
        storage.getBucketTagging(r -> r.bucket(stage.bucket())).tagSet().stream()
            .map(tag -> tag.key().equals("Name") ? tag.toBuilder().value("mine now").build() : tag)
            .toList();
    storage.putBucketTagging(r -> r.bucket(stage.bucket()).tagging(t -> t.tagSet(tags)));
  }

  void trustAnybody() {
    identity.updateAssumeRolePolicy(r ->
        r.roleName(roleName())
            .policyDocument(
                "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sts:AssumeRole\"}}"));
  }

  void allow(String policy) {
    identity.putRolePolicy(r ->
        r.roleName(roleName())
            .policyName(policy)
            .policyDocument(
                "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"));
  }

  void attach(String arn) {
    identity.attachRolePolicy(r -> r.roleName(roleName()).policyArn(arn));
  }

  void unbound() {
    identity.deleteRolePermissionsBoundary(r -> r.roleName(roleName()));
  }

  void tagRole() {
    identity.tagRole(r -> r.roleName(roleName()).tags(t -> t.key("Name").value("mine now")));
  }

  void role() {
    takeRoleOut();
    identity.deleteRolePolicy(r -> r.roleName(roleName()).policyName("appenv"));
    identity.deleteRole(r -> r.roleName(roleName()));
  }

  void takeRoleOut() {
    identity.removeRoleFromInstanceProfile(
        r -> r.instanceProfileName(profileName()).roleName(roleName()));
  }

  void profile() {
    takeRoleOut();
    identity.deleteInstanceProfile(r -> r.instanceProfileName(profileName()));
  }

  void takeProfileOff() {
    var instance = stage.id("compute.instance");
    var association =
        hand.describeIamInstanceProfileAssociations(
                r -> r.filters(f -> f.name("instance-id").values(instance)))
            .iamInstanceProfileAssociations()
            .getFirst()
            .associationId();
    hand.disassociateIamInstanceProfile(r -> r.associationId(association));
  }

  void oneHop() {
    hand.modifyInstanceMetadataOptions(
        r -> r.instanceId(stage.id("compute.instance")).httpPutResponseHopLimit(1));
  }

  private String roleName() {
    return stage.id("identity.role");
  }

  private String profileName() {
    return stage.id("identity.instanceProfile");
  }

  /** Makes or overwrites an A record. */
  void point(String domain, String... addresses) {
    upsert(address(domain, 60, addresses));
  }

  private static ResourceRecordSet address(String domain, long ttl, String... addresses) {
    return ResourceRecordSet.builder()
        .name(domain)
        .type(RRType.A)
        .ttl(ttl)
        .resourceRecords(
            Stream.of(addresses).map(ip -> ResourceRecord.builder().value(ip).build()).toList())
        .build();
  }

  /** Makes or overwrites the record that says whose a domain is. */
  void own(String domain, Map<String, String> tags) {
    upsert(
        ResourceRecordSet.builder()
            .name("_appenv." + domain)
            .type(RRType.TXT)
            .ttl(60L)
            .resourceRecords(
                ResourceRecord.builder()
                    .value(
                        tags.entrySet().stream()
                            .map(tag -> "\"%s=%s\"".formatted(tag.getKey(), tag.getValue()))
                            .collect(Collectors.joining(" ")))
                    .build())
            .build());
  }

  void upsert(ResourceRecordSet set) {
    change(ChangeAction.UPSERT, List.of(set));
  }

  private void change(ChangeAction action, List<ResourceRecordSet> sets) {
    stage.dns.changeResourceRecordSets(r ->
        r.hostedZoneId(Stage.ZONE)
            .changeBatch(b ->
                b.changes(
                    sets.stream()
                        .map(s -> Change.builder().action(action).resourceRecordSet(s).build())
                        .toList())));
  }

  void keepLong() {
    upsert(address(Stage.DOMAIN, 3600, stage.machineAddress()));
  }

  /** The record, and the one that says whose it is. */
  void record() {
    forget(Stage.DOMAIN);
    forget("_appenv." + Stage.DOMAIN);
  }

  void forget(String name) {
    change(
        ChangeAction.DELETE,
        stage
            .dns
            .listResourceRecordSets(r -> r.hostedZoneId(Stage.ZONE))
            .resourceRecordSets()
            .stream()
            .filter(set -> set.name().equals(name + "."))
            .toList());
  }

  void replicationGroup() {
    stage.cacheHand.deleteReplicationGroup(r -> r.replicationGroupId(cache()));
    stage.region.settle();
  }

  void subnetGroup() {
    replicationGroup();
    var name = stage.id("cache.subnetGroup");
    stage.cacheHand.deleteCacheSubnetGroup(r -> r.cacheSubnetGroupName(name));
  }

  void moveSubnetGroup() {
    var name = stage.id("cache.subnetGroup");
    stage.cacheHand.modifyCacheSubnetGroup(r ->
        r.cacheSubnetGroupName(name)
            .subnetIds(stage.id("network.privateSubnetA"), stage.id("network.publicSubnetB")));
  }

  void modifyCache(Consumer<ModifyReplicationGroupRequest.Builder> change) {
    stage.cacheHand.modifyReplicationGroup(
        r -> change.accept(r.replicationGroupId(cache()).applyImmediately(true)));
    stage.region.settle();
  }

  void letMachineGroupIntoCache() {
    var group = stage.id("network.machineSecurityGroup");
    modifyCache(r -> r.securityGroupIds(group));
  }

  void renameCache(String resource, String type) {
    var arn = "arn:aws:elasticache:eu-central-1:123456789012:" + type + ":" + stage.id(resource);
    stage.cacheHand.addTagsToResource(
        r -> r.resourceName(arn).tags(t -> t.key("Name").value("mine now")));
  }

  void mailIdentity() {
    stage.mailHand.deleteEmailIdentity(r -> r.emailIdentity(stage.id("email.identity")));
  }

  void stopDkim() {
    stage.mailHand.putEmailIdentityDkimAttributes(
        r -> r.emailIdentity(stage.id("email.identity")).signingEnabled(false));
  }

  void letOthersSend() {
    stage.mailHand.createEmailIdentityPolicy(r ->
        r.emailIdentity(stage.id("email.identity"))
            .policyName("theirs")
            .policy("{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\"}}"));
  }

  void renameMailIdentity() {
    var arn = "arn:aws:ses:eu-central-1:123456789012:identity/" + stage.id("email.identity");
    stage.mailHand.tagResource(r -> r.resourceArn(arn).tags(t -> t.key("Name").value("mine now")));
  }

  void user() {
    key();
    identity.deleteUserPolicy(r -> r.userName(userName()).policyName("appenv"));
    identity.deleteUser(r -> r.userName(userName()));
  }

  void allowUser(String policy) {
    identity.putUserPolicy(r ->
        r.userName(userName())
            .policyName(policy)
            .policyDocument(
                "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"));
  }

  void attachToUser(String arn) {
    identity.attachUserPolicy(r -> r.userName(userName()).policyArn(arn));
  }

  void addUserToGroup(String group) {
    identity.addUserToGroup(r -> r.userName(userName()).groupName(group));
  }

  void consolePassword() {
    identity.createLoginProfile(r -> r.userName(userName()).password("anything"));
  }

  void unboundUser() {
    identity.deleteUserPermissionsBoundary(r -> r.userName(userName()));
  }

  void tagUser() {
    identity.tagUser(r -> r.userName(userName()).tags(t -> t.key("Name").value("mine now")));
  }

  void key() {
    identity.deleteAccessKey(r -> r.userName(userName()).accessKeyId(keyId()));
  }

  void anotherKey() {
    identity.createAccessKey(r -> r.userName(userName()));
  }

  void deactivateKey() {
    identity.updateAccessKey(
        r -> r.userName(userName()).accessKeyId(keyId()).status(StatusType.INACTIVE));
  }

  private String userName() {
    return stage.id("email.user");
  }

  private String keyId() {
    return stage.id("email.accessKey").replaceAll(".*/", "");
  }

  private String cache() {
    return stage.id("cache.replicationGroup");
  }
}
