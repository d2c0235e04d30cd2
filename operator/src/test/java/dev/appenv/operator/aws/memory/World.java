package dev.appenv.operator.aws.memory;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;

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
  private volatile Predicate<Budget> roomFor = _ -> true;

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
        _ -> clients(region(account, region), region, own.getOrDefault(account, wire)));
  }

  private Calls clients(MemoryRegion region, String name, Wire to) {
    return new Clients(
        List.of(
            new MemoryEc2(region, to),
            new MemoryRds(region, to, clock),
            new MemoryS3(region, name, to),
            new MemoryIam(region, to),
            new MemoryElastiCache(region, to),
            new MemoryTagging(region, to),
            new MemorySsm(to)));
  }

  @Override
  public boolean admit(String account, String region, Budget budget) {
    return roomFor.test(budget);
  }

  /** What there is room for under the limits on calls; at first for everything. */
  public void roomFor(Predicate<Budget> budgets) {
    roomFor = budgets;
  }

  private record Clients(List<AwsClient> services) implements Calls {
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
