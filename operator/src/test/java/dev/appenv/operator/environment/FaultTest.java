package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What AWS does not say, says late, or says wrongly, never makes the operator create or delete. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("exhaustive")
class FaultTest {
  /** How one call goes wrong. */
  private enum Fault {
    DENIED,
    THROTTLED,
    BROKEN,
    LOST,
    EMPTY;

    CallHook.Answer happen() {
      return switch (this) {
        case DENIED -> throw AwsErrors.denied();
        case THROTTLED -> throw AwsErrors.throttled();
        case BROKEN -> throw AwsErrors.broken();
        case LOST -> throw AwsErrors.lost();
        case EMPTY -> CallHook.Answer.EMPTY;
      };
    }
  }

  private static final List<Fault> ERRORS =
      List.of(Fault.DENIED, Fault.THROTTLED, Fault.BROKEN, Fault.LOST);

  /** What each listing shows. */
  private static final Map<String, String> LISTS =
      Map.of(
          "DescribeVpcs", "network.vpc",
          "DescribeInternetGateways", "network.internetGateway",
          "DescribeSubnets", "network.privateSubnetB",
          "DescribeRouteTables", "network.publicRouteTable",
          "DescribeSecurityGroups", "network.dataSecurityGroup",
          "DescribeKeyPairs", "compute.keyPair",
          "DescribeInstances", "compute.instance",
          "DescribeAddresses", "compute.address");

  private static void failAll(Stage stage, String operation, Fault fault) {
    stage
        .world
        .wire()
        .hook(site ->
            site.operation().equals(operation) && site.isBefore()
                ? fault.happen()
                : CallHook.Answer.AS_IT_IS);
  }

  private static Stream<DynamicTest> eachReadAndFault(BiConsumer<String, Fault> test) {
    return LISTS.keySet().stream()
        .sorted()
        .flatMap(operation ->
            Stream.of(Fault.values())
                .map(fault ->
                    dynamicTest(operation + " " + fault, () -> test.accept(operation, fault))));
  }

  @TestFactory
  Stream<DynamicTest> what_cannot_be_read_is_unknown_and_nothing_is_done_about_it() {
    return eachReadAndFault((operation, fault) -> {
      var stage = Stage.created();
      stage.world.wire().forgetCounts();
      failAll(stage, operation, fault);
      stage.passes(6);
      assertThat(stage.world.wire().changes()).isEmpty();
      assertThat(stage.drift()).isEmpty();
      var ready = stage.condition("InfrastructureReady");
      assertThat(ready.status()).isEqualTo("Unknown");
      assertThat(ready.reason()).isEqualTo("ObservationFailed");
      assertThat(ready.message()).contains(LISTS.get(operation), why(fault));
      assertThat(Objects.requireNonNull(stage.status().operations()))
          .anyMatch(o ->
              o.resource().equals(LISTS.get(operation))
                  && o.blocked() != null
                  && o.blocked().contains(why(fault)));
      assertThat(stage.status().resources()).hasSize(13);

      stage.world.wire().hook(CallHook.NONE);
      stage.untilAsDesired();
      assertThat(stage.world.wire().changes()).isEmpty();
    });
  }

  private static String why(Fault fault) {
    return switch (fault) {
      case DENIED -> "Ec2 denied the call (UnauthorizedOperation";
      case THROTTLED -> "Ec2 throttles (RequestLimitExceeded)";
      case BROKEN -> "Ec2 failed with HTTP 500 InternalError";
      case LOST -> "AWS did not answer";
      case EMPTY -> "and does not say either that it is gone";
    };
  }

  @TestFactory
  Stream<DynamicTest> a_deletion_waits_for_what_cannot_be_read() {
    return eachReadAndFault((operation, fault) -> {
      var stage = new Stage();
      var neighbours = Neighbours.moveIn(stage);
      stage.untilAsDesired();
      var id = stage.id(Objects.requireNonNull(LISTS.get(operation)));
      failAll(stage, operation, fault);
      // What was read before counts no more.
      stage.world.clock().advance(Operator.SWEEP_INTERVAL);
      stage.cluster.delete();
      stage.passes(20);
      assertThat(stage.cluster.isGone()).isFalse();
      assertThat(stage.region.ids()).contains(id);
      assertThat(stage.condition("Ready").message()).contains(why(fault));

      stage.world.wire().hook(CallHook.NONE);
      stage.untilGone();
      neighbours.assertAlone();
    });
  }

  @TestFactory
  Stream<DynamicTest> a_fault_at_any_read_while_all_is_made_does_no_harm() {
    return Stream.of(
            BucketStories.CREATE,
            DatabaseStories.CREATE,
            DnsStories.CREATE,
            EmailStories.CREATE,
            Story.CREATE_LATE,
            Story.MAKE_AGAIN)
        .flatMap(story -> {
          var reads = reads(story);
          System.out.printf("%s: faults at each of %d reads%n", story.name(), reads);
          return Stream.of(Fault.values())
              .map(fault ->
                  dynamicTest(
                      "%s, %s at every fifth of %d reads".formatted(story.name(), fault, reads),
                      () -> {
                        for (var read = List.of(Fault.values()).indexOf(fault);
                            read < reads;
                            read += 5) disturbed(story, fault, false, true, read);
                      }));
        });
  }

  private static int reads(Story story) {
    var stage = new Stage();
    Neighbours.moveIn(stage);
    story.begin(stage);
    var reads = new AtomicInteger();
    stage
        .world
        .wire()
        .hook(site -> {
          if (!site.mutating() && site.isBefore()) reads.incrementAndGet();
          return CallHook.Answer.AS_IT_IS;
        });
    story.end().accept(stage);
    return reads.get();
  }

  @TestFactory
  Stream<DynamicTest> a_fault_at_any_change_is_recovered_from() {
    return Stream.of(
            BucketStories.CREATE,
            DatabaseStories.CREATE,
            DnsStories.CREATE,
            DnsStories.MOVE,
            EmailStories.CREATE,
            Story.CREATE_LATE,
            Story.CHANGE,
            Story.MAKE_AGAIN,
            Story.DELETE)
        .flatMap(story -> {
          var calls = story.calls().size();
          System.out.printf("%s: faults at each of %d changes%n", story.name(), calls);
          return Stream.of(true, false)
              .map(before ->
                  dynamicTest(
                      "%s, a fault %s each of %d calls"
                          .formatted(story.name(), before ? "before" : "after", calls),
                      () -> {
                        for (var call = 0; call < calls; call++) {
                          // AWS refuses before it acts; an answer can be lost either way.
                          var faults = before ? ERRORS : List.of(Fault.BROKEN, Fault.LOST);
                          disturbed(story, faults.get(call % faults.size()), true, before, call);
                        }
                      }));
        });
  }

  @Test
  void a_create_whose_answer_is_lost_twice_is_still_one() {
    var stage = new Stage();
    stage.region.listLag(2);
    stage.region.idLag(2);
    var lost = new AtomicInteger();
    stage
        .world
        .wire()
        .hook(site -> {
          var vpc = site.operation().equals("CreateVpc");
          // The first never arrives, of the second only the answer is lost.
          if (vpc && site.isBefore() == (lost.get() == 0) && lost.get() < 2) {
            lost.incrementAndGet();
            throw AwsErrors.lost();
          }
          return CallHook.Answer.AS_IT_IS;
        });
    stage.untilAsDesired();
    assertThat(lost).hasValue(2);
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
  }

  private static void disturbed(
      Story story, Fault fault, boolean mutating, boolean before, int call) {
    var point =
        "%s: %s %s %s #%d"
            .formatted(
                story.name(),
                fault,
                before ? "before" : "after",
                mutating ? "change" : "read",
                call);
    try {
      var stage = new Stage();
      var neighbours = Neighbours.moveIn(stage);
      story.begin(stage);
      stage
          .world
          .wire()
          .hook(site ->
              site.mutating() == mutating && site.isBefore() == before && site.index() == call
                  ? fault.happen()
                  : CallHook.Answer.AS_IT_IS);
      story.end().accept(stage);
      story.check().accept(stage, neighbours);
      neighbours.assertUntouched();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(point + ": " + e.getMessage(), e);
    }
  }
}
