package dev.appenv.operator.aws.memory;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * All of AWS that a test needs: accounts and regions that spring into being when they are asked
 * for, one wire to all of them, and a hand that works past the operator.
 */
public final class World implements AwsClients {
  private record Place(String account, String region) {}

  private final Map<Place, MemoryRegion> regions = new ConcurrentHashMap<>();
  private final Map<Place, Calls> clients = new ConcurrentHashMap<>();
  private final Wire wire = new Wire();
  private final Map<String, Wire> own = new ConcurrentHashMap<>();
  private final TestClock clock = new TestClock();
  private volatile Room room = (_, _, _) -> true;
  private volatile @Nullable String hostedZone;

  /** What there is room for under AWS's limits on calls. */
  public interface Room {
    /**
     * Asked before so many calls.
     *
     * @param canWait whether room is left to others
     */
    boolean isFor(Budget budget, int calls, boolean canWait);
  }

  public Wire wire() {
    return wire;
  }

  /** The one to an account that has its own from now on, so that it can fail alone. */
  public Wire wireTo(String account) {
    return own.computeIfAbsent(account, _ -> new Wire());
  }

  public TestClock clock() {
    return clock;
  }

  public MemoryRegion region(String account, String region) {
    return regions.computeIfAbsent(new Place(account, region), _ -> new MemoryRegion());
  }

  public MemoryRegion region(Scope scope) {
    return region(scope.account(), scope.region());
  }

  /** Somebody at the console: neither counted nor stopped. */
  public Ec2Client hand(Scope scope) {
    return new MemoryEc2(region(scope), new Wire());
  }

  /** The same for buckets. */
  public S3Client storageHand(Scope scope) {
    return new MemoryS3(region(scope), scope.region(), new Wire());
  }

  /** The same for roles. */
  public IamClient identityHand(Scope scope) {
    return new MemoryIam(region(scope), new Wire());
  }

  /** The same for DNS records. */
  public Route53Client dnsHand(Scope scope) {
    return new MemoryRoute53(region(scope), new Wire());
  }

  /** The zone that every account names; null for none, as at first. */
  public void hostedZone(@Nullable String id) {
    hostedZone = id;
  }

  /** The same for mail. */
  public SesV2Client mailHand(Scope scope) {
    return new MemorySes(region(scope), scope.region(), new Wire());
  }

  /** The same for databases. */
  public RdsClient databaseHand(Scope scope) {
    return new MemoryRds(region(scope), new Wire(), clock);
  }

  /** The same for caches. */
  public ElastiCacheClient cacheHand(Scope scope) {
    return new MemoryElastiCache(region(scope), new Wire());
  }

  @Override
  public Calls in(String account, String region) {
    return clients.computeIfAbsent(
        new Place(account, region),
        _ ->
            clients(
                region(account, region), region, type -> own.getOrDefault(account, wire).of(type)));
  }

  private Calls clients(
      MemoryRegion at, String name, Function<Class<? extends AwsClient>, Wire> to) {
    return new Clients(
        () -> hostedZone,
        List.of(
            new MemoryEc2(at, to.apply(Ec2Client.class)),
            new MemoryRds(at, to.apply(RdsClient.class), clock),
            new MemoryS3(at, name, to.apply(S3Client.class)),
            new MemoryIam(at, to.apply(IamClient.class)),
            new MemoryElastiCache(at, to.apply(ElastiCacheClient.class)),
            new MemoryRoute53(at, to.apply(Route53Client.class)),
            new MemoryTagging(at, to.apply(ResourceGroupsTaggingApiClient.class)),
            new MemoryServiceQuotas(at, to.apply(ServiceQuotasClient.class)),
            new MemorySes(at, name, to.apply(SesV2Client.class)),
            new MemorySts(at, to.apply(StsClient.class)),
            new MemorySsm(to.apply(SsmClient.class))));
  }

  @Override
  public boolean admit(String account, String region, Budget budget, int calls) {
    return room.isFor(budget, calls, false);
  }

  @Override
  public boolean spare(String account, String region, Budget budget, int calls) {
    return room.isFor(budget, calls, true);
  }

  /** What there is room for; at first for everything. */
  public void roomFor(Predicate<Budget> budgets) {
    room((budget, _, _) -> budgets.test(budget));
  }

  public void room(Room leaves) {
    room = leaves;
  }

  private record Clients(Supplier<@Nullable String> hostedZone, List<AwsClient> services)
      implements Calls {
    @Override
    public @Nullable String hostedZoneId() {
      return hostedZone.get();
    }

    @Override
    public <C extends AwsClient> C client(Class<C> service, Permit permit) {
      return services.stream()
          .filter(service::isInstance)
          .map(client -> permit.of(service, service.cast(client)))
          .findFirst()
          .orElseThrow();
    }
  }
}
