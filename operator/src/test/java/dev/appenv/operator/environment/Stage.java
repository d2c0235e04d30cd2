package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.DriftStatus;
import dev.appenv.api.ResourceStatus;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.hand.Console;
import dev.appenv.operator.aws.memory.MemoryRegion;
import dev.appenv.operator.aws.memory.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** AWS, a cluster, and an operator that can be stopped and started again. */
final class Stage implements Console {
  /** Between passes. Longer than a moving environment waits, so that few passes tell the story. */
  private static final Duration TICK = Duration.ofSeconds(5);

  private static final int ENOUGH = 60;

  static final String ZONE = "Z0123456789";
  static final String DOMAIN = "shop.example.com";

  final World world = new World();
  final Cluster cluster = new Cluster();
  final MemoryRegion region = world.region(Cluster.SCOPE);
  final Ec2Client hand = world.hand(Cluster.SCOPE);
  final S3Client storage = world.storageHand(Cluster.SCOPE);
  final IamClient identity = world.identityHand(Cluster.SCOPE);
  final SesV2Client mailHand = world.mailHand(Cluster.SCOPE);
  final ElastiCacheClient cacheHand = world.cacheHand(Cluster.SCOPE);
  final Route53Client dns = world.dnsHand(Cluster.SCOPE);
  private final RdsClient databaseHand = world.databaseHand(Cluster.SCOPE);
  private Operator operator = new Operator(world, cluster);

  /** A stage with an environment that is as desired. */
  static Stage created() {
    var stage = new Stage();
    stage.untilAsDesired();
    return stage;
  }

  /** The same with a bucket. */
  static Stage withBucket() {
    var stage = new Stage();
    stage.cluster.apply(Specs.bucket(Specs.DEDICATED, "{}"));
    stage.untilAsDesired();
    return stage;
  }

  /** The same with one of every noun. */
  static Stage withEverything() {
    var stage = new Stage();
    stage.nameZone();
    stage.cluster.apply(Specs.EVERYTHING);
    stage.untilAsDesired();
    return stage;
  }

  /** The same with a cache. */
  static Stage withCache() {
    var stage = new Stage();
    stage.cluster.apply(Specs.cache(Specs.DEDICATED, "{}"));
    stage.untilAsDesired();
    return stage;
  }

  /** The same with a domain that leads to it. */
  static Stage withDomain() {
    var stage = new Stage();
    stage.nameZone();
    stage.cluster.apply(Specs.domain(Specs.DEDICATED, DOMAIN));
    stage.untilAsDesired();
    return stage;
  }

  /** The same with mail. */
  static Stage withEmail() {
    var stage = new Stage();
    stage.cluster.apply(Specs.email(Specs.DEDICATED, "{from: noreply@shop.example.com}"));
    stage.untilAsDesired();
    return stage;
  }

  /** The account names a zone of example.com for its environments. */
  void nameZone() {
    region.zone(ZONE, "example.com");
    world.hostedZone(ZONE);
    cluster.hostedZone(new AwsAccountSpec.HostedZone(ZONE, "example.com"));
  }

  /** And not any more. */
  void nameNoZone() {
    world.hostedZone(null);
    cluster.hostedZone(null);
  }

  /** The addresses to which a name leads. */
  List<String> resolve(String name) {
    return dns
        .listResourceRecordSets(
            r -> r.hostedZoneId(ZONE).startRecordName(name).startRecordType(RRType.A).maxItems("1"))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.name().equals(name + ".") && set.type() == RRType.A)
        .flatMap(set -> set.resourceRecords().stream())
        .map(ResourceRecord::value)
        .toList();
  }

  String machineAddress() {
    return hand.describeAddresses(r -> r.allocationIds(id("compute.address")))
        .addresses()
        .getFirst()
        .publicIp();
  }

  /** The process ends and another begins: only status is left of what it knew. */
  void restart() {
    operator = new Operator(world, cluster);
  }

  /** The object is deleted, and everything stays in AWS. */
  void giveUp() {
    cluster.apply(Specs.retained(cluster.spec()));
    untilAsDesired();
    cluster.delete();
    untilGone();
  }

  /** After the object is gone the manifest is applied once more. */
  void applyAgain(AppEnvironmentSpec spec) {
    cluster.applyAgain(spec, world.clock().instant());
    restart();
  }

  /**
   * One pass.
   *
   * @return until the next pass, as the operator would have it
   */
  Duration pass() {
    var next = passAtOnce();
    world.clock().advance(TICK);
    return next;
  }

  /** One pass, after which the clock stands where it stood. */
  Duration passAtOnce() {
    return operator.pass();
  }

  /** Another process that works for the same cluster. */
  Operator another() {
    return new Operator(world, cluster);
  }

  void passes(int count) {
    for (var i = 0; i < count; i++) pass();
  }

  void untilAsDesired() {
    until(this::isAsDesired, "as desired");
  }

  void untilGone() {
    until(cluster::isGone, "gone");
  }

  private void until(BooleanSupplier end, String what) {
    for (var i = 0; i < ENOUGH; i++) {
      pass();
      if (end.getAsBoolean()) return;
    }
    throw new AssertionError("not %s after %d passes: %s".formatted(what, ENOUGH, status()));
  }

  boolean isAsDesired() {
    var status = cluster.status();
    return status != null
        && condition("InfrastructureReady").status().equals("True")
        && status.plan() == null
        && status.drift() == null
        && status.operations() == null
        && Objects.equals(
            status.observedGeneration(), cluster.read().getMetadata().getGeneration());
  }

  AppEnvironmentStatus status() {
    return Objects.requireNonNull(cluster.status(), "no status was ever stored");
  }

  ConditionStatus condition(String type) {
    return Objects.requireNonNull(status().conditions()).stream()
        .filter(c -> c.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  List<DriftStatus> drift() {
    return Objects.requireNonNullElse(status().drift(), List.of());
  }

  /** The id that was noted for a logical name. */
  @Override
  public String id(String name) {
    return Objects.requireNonNull(status().resources()).stream()
        .filter(r -> r.name().equals(name))
        .map(ResourceStatus::id)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no id of " + name + " is noted"));
  }

  String bucket() {
    return id("storage.bucket");
  }

  /** The application stores so many objects. */
  void store(int objects) {
    var bucket = bucket();
    for (var i = 0; i < objects; i++) {
      var key = "object-" + i;
      storage.putObject(r -> r.bucket(bucket).key(key), RequestBody.empty());
    }
  }

  /** What the application is told, by the name of the variable; null when it is not told that. */
  @Nullable String told(String variable) {
    var secret = cluster.secrets().get("shop", "shop-main-outputs");
    return secret == null ? null : GeneratedSecrets.decoded(secret).get(variable);
  }

  Instance instance() {
    return hand.describeInstances(r -> r.instanceIds(id("compute.instance")))
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }

  ReplicationGroup cache() {
    var id = id("cache.replicationGroup");
    return cacheHand
        .describeReplicationGroups(r -> r.replicationGroupId(id))
        .replicationGroups()
        .getFirst();
  }

  // ---- somebody at the console

  @Override
  public Ec2Client ec2() {
    return hand;
  }

  @Override
  public RdsClient rds() {
    return databaseHand;
  }

  @Override
  public ElastiCacheClient elastiCache() {
    return cacheHand;
  }

  @Override
  public S3Client s3() {
    return storage;
  }

  @Override
  public IamClient iam() {
    return identity;
  }

  @Override
  public Route53Client route53() {
    return dns;
  }

  @Override
  public SesV2Client sesV2() {
    return mailHand;
  }

  @Override
  public void settle() {
    region.settle();
  }

  /** The ids of everything that bears this environment's mark. */
  Set<String> owned() {
    var ids = region.tagged(OwnerTags.UID, cluster.owner().uid());
    ids.retainAll(region.tagged(OwnerTags.CLUSTER, Cluster.CLUSTER_ID));
    return ids;
  }

  /** Each logical name in AWS, as often as there is something that bears it. */
  List<String> ownedNames() {
    return owned().stream()
        .map(id -> region.tagsOf(id).get(OwnerTags.RESOURCE))
        .filter(Objects::nonNull)
        .sorted()
        .toList();
  }
}
