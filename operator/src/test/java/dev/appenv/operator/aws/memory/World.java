package dev.appenv.operator.aws.memory;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Scope;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * All of AWS that a test needs: accounts and regions that spring into being when they are asked
 * for, one wire to all of them, and a hand that works past the operator.
 */
public final class World implements AwsClients {
  private record Place(String account, String region) {}

  private final Map<Place, MemoryRegion> regions = new ConcurrentHashMap<>();
  private final Map<Place, Calls> clients = new ConcurrentHashMap<>();
  private final Wire wire = new Wire();
  private final TestClock clock = new TestClock();
  private volatile Predicate<Budget> roomFor = _ -> true;

  public Wire wire() {
    return wire;
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

  @Override
  public Calls in(String account, String region) {
    return clients.computeIfAbsent(
        new Place(account, region),
        _ -> Clients.of(new MemoryEc2(region(account, region), wire), new MemorySsm(wire)));
  }

  @Override
  public boolean admit(String account, String region, Budget budget) {
    return roomFor.test(budget);
  }

  /** What there is room for under the limits on calls; at first for everything. */
  public void roomFor(Predicate<Budget> budgets) {
    roomFor = budgets;
  }

  private record Clients(Map<Permit, Ec2Client> byPermit, SsmClient ssm) implements Calls {
    static Clients of(Ec2Client ec2, SsmClient ssm) {
      var byPermit = new EnumMap<Permit, Ec2Client>(Permit.class);
      for (var permit : Permit.values()) byPermit.put(permit, permit.of(Ec2Client.class, ec2));
      return new Clients(byPermit, ssm);
    }

    @Override
    public Ec2Client ec2(Permit permit) {
      return Objects.requireNonNull(byPermit.get(permit));
    }

    @Override
    public Identity identity() {
      return new Identity("123456789012", "arn:aws:iam::123456789012:user/appenv");
    }
  }
}
