package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.operator.aws.AwsInfrastructure;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.plan.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Many environments of one process. Each has its passes when the operator wants them; time is the
 * world's.
 */
final class Fleet {
  /** AWS is not looked at more often than this, whatever an environment waits for. */
  private static final Duration SHORTEST = Duration.ofMillis(50);

  final World world = new World();
  private final AwsInfrastructure infrastructure;
  private final List<Member> members = new ArrayList<>();
  private final PriorityQueue<Member> queue =
      new PriorityQueue<>(
          Comparator.comparing((Member m) -> m.next).thenComparing(m -> m.cluster.owner().name()));

  /**
   * @param accounts which fail or do not by themselves
   */
  Fleet(int inEach, AppEnvironmentSpec spec, String... accounts) {
    for (var account : accounts) world.wireTo(account);
    world.hostedZone(Stage.ZONE);
    infrastructure = Operator.infrastructure(world);
    for (var account : accounts)
      for (var i = 0; i < inEach; i++) {
        var name = "%s-%02d".formatted(account, i);
        var cluster =
            new Cluster(new Owner(Cluster.CLUSTER_ID, "uid-" + name, "shop", name), account);
        world.region(account, Cluster.REGION).zone(Stage.ZONE, "example.com");
        cluster.hostedZone(new AwsAccountSpec.HostedZone(Stage.ZONE, "example.com"));
        cluster.apply(
            Specs.patched(
                Specs.inAccount(spec, account),
                "{ingress: {domain: %s.example.com}, email: {from: noreply@%<s.example.com}}"
                    .formatted(name)));
        members.add(new Member(cluster, account));
      }
    queue.addAll(members);
  }

  /** One environment. */
  final class Member {
    final Cluster cluster;
    final String account;
    private final Operator operator;
    private Instant next = world.clock().instant();
    private int passes;

    Member(Cluster cluster, String account) {
      this.cluster = cluster;
      this.account = account;
      this.operator = new Operator(world, cluster, infrastructure);
    }

    int passes() {
      return passes;
    }

    boolean isAsDesired() {
      var status = cluster.status();
      return status != null
          && status.plan() == null
          && status.drift() == null
          && status.operations() == null
          && Objects.requireNonNull(status.conditions()).stream()
              .anyMatch(c -> c.type().equals("InfrastructureReady") && c.status().equals("True"));
    }

    /** Each logical name in AWS, as often as there is something that bears it. */
    List<String> ownedNames() {
      var region = world.region(account, Cluster.REGION);
      return region.tagged(OwnerTags.UID, cluster.owner().uid()).stream()
          .map(id -> region.tagsOf(id).get(OwnerTags.RESOURCE))
          .filter(Objects::nonNull)
          .sorted()
          .toList();
    }

    private void pass() {
      var until = operator.pass();
      passes++;
      next = world.clock().instant().plus(until.compareTo(SHORTEST) < 0 ? SHORTEST : until);
    }
  }

  List<Member> in(String account) {
    return members.stream().filter(m -> m.account.equals(account)).toList();
  }

  /** The environments of an account are left to themselves from now on. */
  void dismiss(String account) {
    queue.removeAll(in(account));
  }

  /** Time goes on for so long. */
  void run(Duration duration) {
    var end = world.clock().instant().plus(duration);
    while (queue.element().next.isBefore(end)) step();
    world.clock().advance(Duration.between(world.clock().instant(), end));
  }

  /** How long it takes until all of these are so; at most an hour. */
  Duration until(List<Member> some, Predicate<Member> so) {
    var begin = world.clock().instant();
    var limit = begin.plus(Duration.ofHours(1));
    while (!some.stream().allMatch(so)) {
      if (world.clock().instant().isAfter(limit))
        throw new AssertionError("not so within an hour: " + some.getFirst().cluster.status());
      step();
    }
    return Duration.between(begin, world.clock().instant());
  }

  private void step() {
    var member = queue.remove();
    if (member.next.isAfter(world.clock().instant()))
      world.clock().advance(Duration.between(world.clock().instant(), member.next));
    member.pass();
    queue.add(member);
  }
}
