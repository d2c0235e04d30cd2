package dev.appenv.operator.aws.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

/** What is there in one account and region. */
public final class MemoryRegion {
  private int pageSize = 1000;
  private int listLag;
  private int idLag;
  private int stateLag = 1;
  private int lastId;
  private Simulator simulator = new Simulator(List.of());
  private String caller =
      "arn:aws:sts::%s:assumed-role/appenv/appenv-cluster-1".formatted(MemorySts.ACCOUNT);

  final Allowances allowances = new Allowances();
  final Tags tags = new Tags(this);
  final Vpcs vpcs = new Vpcs(this);
  final Subnets subnets = new Subnets(this);
  final Gateways gateways = new Gateways(this);
  final RouteTables tables = new RouteTables(this);
  final SecurityGroups groups = new SecurityGroups(this);
  final KeyPairs keys = new KeyPairs(this);
  final Instances instances = new Instances(this);
  final Addresses addresses = new Addresses(this);
  final Databases databases = new Databases(this);
  final Buckets buckets = new Buckets(this);
  final Identities identities = new Identities(this);
  final Caches caches = new Caches(this);
  final Zones zones = new Zones(this);
  final Interfaces interfaces = new Interfaces(this);
  final Users users = new Users(this);
  final Mail mail = new Mail(this);

  String newId(String prefix) {
    lastId++;
    return "%s-%017x".formatted(prefix, lastId);
  }

  int pageSize() {
    return pageSize;
  }

  int listLag() {
    return listLag;
  }

  int idLag() {
    return idLag;
  }

  int stateLag() {
    return stateLag;
  }

  /** The largest page that AWS gives, whatever is asked for. */
  public synchronized void pageSize(int size) {
    pageSize = size;
  }

  /** What is made from now on is left out of so many listings. */
  public synchronized void listLag(int listings) {
    listLag = listings;
  }

  /** What is made from now on is not found by its id for so many describes and listings. */
  public synchronized void idLag(int describes) {
    idLag = describes;
  }

  /** For so many describes an instance is seen on its way to the state asked for. */
  public synchronized void stateLag(int describes) {
    stateLag = describes;
  }

  /** Service Quotas has this value from now on, and AWS refuses what is beyond. */
  public synchronized void quota(String code, long value) {
    allowances.set(code, Optional.of(value));
  }

  /** Service Quotas has no value of this one, as for an account that begins. */
  public synchronized void noQuota(String code) {
    allowances.set(code, Optional.empty());
  }

  /** Who the operator is here, as AWS says it. */
  synchronized String caller() {
    return caller;
  }

  public synchronized void caller(String arn) {
    caller = arn;
  }

  /** What the operator is allowed, as IAM's simulator finds it. */
  public synchronized void allow(List<JsonNode> policies) {
    simulator = new Simulator(policies);
  }

  synchronized Simulator simulator() {
    return simulator;
  }

  /** Everything is where it was going. */
  public synchronized void settle() {
    instances.settle();
    caches.settle();
    databases.settle();
  }

  /** The ARNs of a type that the tagging API shows by now. */
  synchronized List<String> arns(String type) {
    return switch (type) {
      case "elasticache:replicationgroup" ->
          caches.groups.page(List.of(), null, null).things().stream()
              .map(ReplicationGroup::arn)
              .toList();
      case "elasticache:subnetgroup" ->
          caches.subnetGroups.page(List.of(), null, null).things().stream()
              .map(CacheSubnetGroup::arn)
              .toList();
      case "rds:subgrp" ->
          databases.groups.page(List.of(), null, null).things().stream()
              .map(DBSubnetGroup::dbSubnetGroupArn)
              .toList();
      case "rds:pg" ->
          databases.parameters.shelf.page(List.of(), null, null).things().stream()
              .map(DBParameterGroup::dbParameterGroupArn)
              .toList();
      default -> List.of();
    };
  }

  /** The names of the snapshots of caches. */
  public synchronized List<String> cacheSnapshots() {
    return List.copyOf(caches.snapshots);
  }

  /** Every token that was set on a cache, the last one last. */
  public synchronized List<String> cacheTokens(String id) {
    return caches.tokensOf(id);
  }

  /** Somebody makes a public zone; nothing happens when there is one of this id. */
  public synchronized void zone(String id, String name) {
    zones.add(id, name);
  }

  /** AWS changes what it likes of a cache. */
  public synchronized void editCache(String id, UnaryOperator<ReplicationGroup.Builder> change) {
    caches.groups.replace(id, change.apply(caches.groups.get(id).toBuilder()).build());
  }

  /** The same of an instance. */
  public synchronized void editInstance(String id, UnaryOperator<Instance.Builder> change) {
    instances.shelf.replace(id, change.apply(instances.shelf.get(id).toBuilder()).build());
  }

  /** AWS verifies an identity, or gives up. */
  public synchronized void verification(String identity, VerificationStatus status) {
    mail.shelf.get(identity).verification = status;
  }

  /** What AWS's people let the account do with SES. */
  public synchronized void mailAccount(boolean sandboxed, boolean sending) {
    mail.sandboxed = sandboxed;
    mail.sending = sending;
  }

  /** AWS brings a newer minor version of a cache's engine. */
  public synchronized void bringCache(String id, String version) {
    caches.bring(id, version);
  }

  public Databases databases() {
    return databases;
  }

  /** Somebody puts a network interface into a subnet. */
  public synchronized String placeInterface(
      String subnetId, String description, List<String> securityGroups) {
    return interfaces.place(subnetId, description, securityGroups);
  }

  public synchronized void removeInterface(String id) {
    interfaces.remove(id);
  }

  /** Somebody makes a volume, tags it, and attaches it to an instance. */
  public synchronized String attachVolume(String instanceId, Map<String, String> itsTags) {
    return instances.attachVolume(instanceId, itsTags);
  }

  /** Everything that exists, also what AWS made by itself; a terminated instance does not. */
  public synchronized Set<String> ids() {
    var ids = new TreeSet<String>();
    vpcs.shelf.all().forEach(v -> ids.add(v.vpcId()));
    subnets.shelf.all().forEach(s -> ids.add(s.subnetId()));
    gateways.shelf.all().forEach(g -> ids.add(g.internetGatewayId()));
    tables.shelf.all().forEach(t -> ids.add(t.routeTableId()));
    groups.shelf.all().forEach(g -> ids.add(g.groupId()));
    keys.shelf.all().forEach(k -> ids.add(k.keyPairId()));
    instances.there().forEach(i -> ids.add(i.instanceId()));
    instances.there().forEach(i -> ids.add(Interfaces.id(i.instanceId())));
    ids.addAll(instances.volumes());
    addresses.shelf.all().forEach(a -> ids.add(a.allocationId()));
    databases.groups.all().forEach(g -> ids.add(g.dbSubnetGroupName()));
    databases.parameters.shelf.all().forEach(g -> ids.add(g.dbParameterGroupName()));
    databases.instances.all().forEach(i -> ids.add(i.dbInstanceIdentifier()));
    buckets.shelf.all().forEach(b -> ids.add(b.name));
    identities.roles.all().forEach(r -> ids.add(r.name));
    identities.profiles.all().forEach(p -> ids.add(p.name));
    caches.groups.all().forEach(g -> ids.add(g.replicationGroupId()));
    caches.subnetGroups.all().forEach(g -> ids.add(g.cacheSubnetGroupName()));
    ids.addAll(zones.domains().keySet());
    users.shelf.all().forEach(u -> ids.add(u.name));
    users.keys.all().forEach(k -> ids.add(k.user + "/" + k.id));
    mail.shelf.all().forEach(i -> ids.add(i.name));
    return ids;
  }

  /** The ids of what exists and bears a tag. */
  public synchronized Set<String> tagged(String key, String value) {
    var ids = new TreeSet<String>();
    for (var id : ids()) if (value.equals(marks(id).get(key))) ids.add(id);
    return ids;
  }

  public synchronized Map<String, String> tagsOf(String id) {
    return Map.copyOf(marks(id));
  }

  private SortedMap<String, String> marks(String id) {
    return users.isKey(id) ? users.marksOf(id) : tags.of(id);
  }

  /** Everything that exists with all that can be read of it, for comparing before and after. */
  public synchronized Map<String, String> snapshot() {
    var all = new TreeMap<String, String>();
    vpcs.shelf.all().forEach(v -> all.put(v.vpcId(), v.toString()));
    subnets.shelf.all().forEach(s -> all.put(s.subnetId(), s.toString()));
    gateways.shelf.all().forEach(g -> all.put(g.internetGatewayId(), g.toString()));
    tables.shelf.all().forEach(t -> all.put(t.routeTableId(), t.toString()));
    groups.shelf.all().forEach(g -> all.put(g.groupId(), g.toString()));
    keys.shelf.all().forEach(k -> all.put(k.keyPairId(), k.toString()));
    instances.there().forEach(i -> all.put(i.instanceId(), i.toString()));
    addresses.shelf.all().forEach(a -> all.put(a.allocationId(), a.toString()));
    databases.groups.all().forEach(g -> all.put(g.dbSubnetGroupName(), g.toString()));
    databases
        .parameters
        .shelf
        .all()
        .forEach(g -> all.put(g.dbParameterGroupName(), databases.parameters.text(g)));
    databases.instances.all().forEach(i -> all.put(i.dbInstanceIdentifier(), i.toString()));
    buckets.shelf.all().forEach(b -> all.put(b.name, b.toString()));
    identities.roles.all().forEach(r -> all.put(r.name, r.toString()));
    identities.profiles.all().forEach(p -> all.put(p.name, p.toString()));
    caches.groups.all().forEach(g -> all.put(g.replicationGroupId(), g.toString()));
    caches.subnetGroups.all().forEach(g -> all.put(g.cacheSubnetGroupName(), g.toString()));
    all.putAll(zones.domains());
    users.shelf.all().forEach(u -> all.put(u.name, u.toString()));
    users.keys.all().forEach(k -> all.put(k.user + "/" + k.id, k.toString()));
    mail.shelf.all().forEach(i -> all.put(i.name, i.toString()));
    all.replaceAll((id, text) -> text + " " + tags.of(id));
    return all;
  }
}
