package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/** What is there in one account and region. */
public final class MemoryRegion {
  private int pageSize = 1000;
  private int listLag;
  private int idLag;
  private int stateLag = 1;
  private int lastId;

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

  /** AWS brings a newer minor version of a cache's engine. */
  public synchronized void bringCache(String id, String version) {
    caches.bring(id, version);
  }

  public Databases databases() {
    return databases;
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
    ids.addAll(instances.volumes());
    addresses.shelf.all().forEach(a -> ids.add(a.allocationId()));
    databases.groups.all().forEach(g -> ids.add(g.dbSubnetGroupName()));
    databases.instances.all().forEach(i -> ids.add(i.dbInstanceIdentifier()));
    buckets.shelf.all().forEach(b -> ids.add(b.name));
    identities.roles.all().forEach(r -> ids.add(r.name));
    identities.profiles.all().forEach(p -> ids.add(p.name));
    caches.groups.all().forEach(g -> ids.add(g.replicationGroupId()));
    caches.subnetGroups.all().forEach(g -> ids.add(g.cacheSubnetGroupName()));
    return ids;
  }

  /** The ids of what exists and bears a tag. */
  public synchronized Set<String> tagged(String key, String value) {
    var ids = new TreeSet<String>();
    for (var id : ids()) if (value.equals(tags.of(id).get(key))) ids.add(id);
    return ids;
  }

  public synchronized Map<String, String> tagsOf(String id) {
    return Map.copyOf(tags.of(id));
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
    databases.instances.all().forEach(i -> all.put(i.dbInstanceIdentifier(), i.toString()));
    buckets.shelf.all().forEach(b -> all.put(b.name, b.toString()));
    identities.roles.all().forEach(r -> all.put(r.name, r.toString()));
    identities.profiles.all().forEach(p -> all.put(p.name, p.toString()));
    caches.groups.all().forEach(g -> all.put(g.replicationGroupId(), g.toString()));
    caches.subnetGroups.all().forEach(g -> all.put(g.cacheSubnetGroupName(), g.toString()));
    all.replaceAll((id, text) -> text + " " + tags.of(id));
    return all;
  }
}
