package dev.appenv.operator.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.OperatorStopped;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.aws.network.Network;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.Ec2Tags;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ResourceType;

class SweepsTest {
  private static final String REGION = "eu-central-1";
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final ListedType<?, ?> VPC =
      (ListedType<?, ?>) new Network().slots().getFirst().type();
  private static final Owner OWNER = new Owner("cluster-1", "uid-1", "shop", "main");
  private static final LogicalName NAME = LogicalName.of("network.vpc");
  private static final Scope SCOPE = new Scope(OWNER, "dev", REGION);

  private final World world = new World();
  private final Sweeps sweeps = new Sweeps(world, "cluster-1", world.clock());

  private Listing list() {
    return sweeps.list("dev", REGION, VPC, INTERVAL, Instant.MIN);
  }

  private Listing listAfter(Instant change) {
    return sweeps.list("dev", REGION, VPC, INTERVAL, change);
  }

  private int reads() {
    return world.wire().calls("DescribeVpcs");
  }

  private void makeVpc() {
    world
        .hand(SCOPE)
        .createVpc(r ->
            r.cidrBlock("10.0.0.0/16")
                .tagSpecifications(Ec2Tags.on(ResourceType.VPC, OwnerTags.of(OWNER, NAME))));
  }

  private static List<AwsLive> ours(Listing listing) {
    return switch (listing) {
      case Listing.Listed listed -> listed.of(OWNER, NAME);
      case Listing.Failed(var why) -> throw new AssertionError(why);
    };
  }

  @Test
  void a_list_is_served_from_memory_while_it_is_fresh() {
    list();
    world.clock().advance(INTERVAL.minusMillis(1));
    list();
    assertThat(reads()).isEqualTo(1);
  }

  @Test
  void who_needs_a_younger_list_than_others_has_it_read_for_all() {
    list();
    world.clock().advance(Duration.ofSeconds(2));
    sweeps.list("dev", REGION, VPC, Duration.ofSeconds(1), Instant.MIN);
    world.clock().advance(INTERVAL.minusMillis(1));
    list();
    assertThat(reads()).isEqualTo(2);
  }

  @Test
  void a_list_is_read_again_when_it_is_no_longer_fresh() {
    list();
    world.clock().advance(INTERVAL);
    list();
    assertThat(reads()).isEqualTo(2);
  }

  @Test
  void all_who_ask_while_a_list_is_read_wait_for_that_reading() throws Exception {
    // With a zero age nothing is ever fresh, so that only joining keeps the reads at one.
    var callers = 50;
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    world
        .wire()
        .hook(site -> {
          begun.countDown();
          await(go);
          return CallHook.Answer.AS_IT_IS;
        });
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < callers; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> sweeps.list("dev", REGION, VPC, Duration.ZERO, Instant.MIN)));
      if (i == 0) begun.await();
    }
    Awaitility.await()
        .until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    go.countDown();
    for (var thread : threads) thread.join();
    assertThat(reads()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void who_changed_something_gets_a_list_begun_after_that() {
    list();
    world.clock().advance(Duration.ofMillis(1));
    makeVpc();
    assertThat(ours(listAfter(world.clock().instant()))).hasSize(1);
    assertThat(reads()).isEqualTo(2);
  }

  @Test
  void a_list_begun_after_a_change_serves_all_who_made_changes_before() {
    var changes = List.of(world.clock().instant(), world.clock().instant());
    world.clock().advance(Duration.ofMillis(1));
    changes.forEach(this::listAfter);
    assertThat(reads()).isEqualTo(1);
  }

  @Test
  void a_reading_that_a_change_overtook_does_not_serve_who_made_it() {
    world
        .wire()
        .hook(site -> {
          // AWS has answered, the answer is on its way, and a change happens.
          if (!site.isBefore() && site.index() == 0) makeVpc();
          return CallHook.Answer.AS_IT_IS;
        });
    assertThat(ours(list())).isEmpty();
    assertThat(ours(listAfter(world.clock().instant()))).hasSize(1);
  }

  @Test
  void accounts_and_regions_have_lists_of_their_own() {
    makeVpc();
    assertThat(ours(list())).hasSize(1);
    assertThat(ours(sweeps.list("prod", REGION, VPC, INTERVAL, Instant.MIN))).isEmpty();
    assertThat(ours(sweeps.list("dev", "eu-west-1", VPC, INTERVAL, Instant.MIN))).isEmpty();
    assertThat(reads()).isEqualTo(3);
  }

  @Test
  void a_list_that_could_not_be_read_says_why_and_is_tried_again_at_once() {
    world
        .wire()
        .hook(site -> {
          if (site.index() == 0) throw AwsErrors.throttled();
          return CallHook.Answer.AS_IT_IS;
        });
    assertThat(list())
        .isEqualTo(
            new Listing.Failed(
                "VPCs could not be listed: Ec2 throttles (RequestLimitExceeded); trying again later"));
    assertThat(list()).isInstanceOf(Listing.Listed.class);
    assertThat(reads()).isEqualTo(2);
  }

  @Test
  void a_page_that_fails_makes_the_whole_list_unknown() {
    world.region(SCOPE).pageSize(1);
    makeVpc();
    makeVpc();
    world
        .wire()
        .hook(site -> {
          if (site.index() == 1) throw AwsErrors.broken();
          return CallHook.Answer.AS_IT_IS;
        });
    assertThat(list()).isInstanceOf(Listing.Failed.class);
    assertThat(ours(list())).hasSize(2);
  }

  @Test
  void a_lost_answer_is_unknown_too() {
    world
        .wire()
        .hook(site -> {
          throw AwsErrors.lost();
        });
    assertThat(list()).isInstanceOf(Listing.Failed.class);
  }

  @Test
  void those_who_wait_for_a_reading_that_a_bug_ended_are_told_and_the_next_one_reads_again() {
    world
        .wire()
        .hook(site -> {
          if (site.index() == 0) throw new OperatorStopped("here");
          return CallHook.Answer.AS_IT_IS;
        });
    assertThatThrownBy(this::list).isInstanceOf(OperatorStopped.class);
    assertThat(list()).isInstanceOf(Listing.Listed.class);
  }

  @Test
  void what_bears_no_mark_or_anothers_is_not_ours() {
    var hand = world.hand(SCOPE);
    hand.createVpc(r ->
        r.cidrBlock("10.0.0.0/16")
            .tagSpecifications(
                Ec2Tags.on(ResourceType.VPC, Map.of("Name", "shop/main/network.vpc"))));
    var other = new Owner("cluster-1", "uid-2", "shop", "main");
    hand.createVpc(r ->
        r.cidrBlock("10.0.0.0/16")
            .tagSpecifications(Ec2Tags.on(ResourceType.VPC, OwnerTags.of(other, NAME))));
    assertThat(ours(list())).isEmpty();
  }
}
