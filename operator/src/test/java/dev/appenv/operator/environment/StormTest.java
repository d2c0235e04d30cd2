package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.hand.Promises;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An account in which nothing works for ten minutes recovers by itself, costs few calls meanwhile,
 * and slows nobody else.
 */
@Execution(ExecutionMode.CONCURRENT)
class StormTest {
  private static final int ENVIRONMENTS = 2;
  private static final String BROKEN = "broken";
  private static final String SOUND = "sound";
  private static final Duration STORM = Duration.ofMinutes(10);

  /** What is read for an environment where it is, by each every ten seconds. */
  private static final double CALLS_A_SECOND = 2 * ENVIRONMENTS;

  enum Storm {
    THROTTLED,
    SERVER_ERRORS,
    ROLE_TAKEN_AWAY;

    private SdkException error() {
      return switch (this) {
        case THROTTLED -> AwsErrors.throttled();
        case SERVER_ERRORS -> AwsErrors.broken();
        case ROLE_TAKEN_AWAY -> AwsErrors.denied();
      };
    }

    void begin(Fleet fleet) {
      fleet
          .world
          .wireTo(BROKEN)
          .hook(site -> {
            if (site.isBefore()) throw error();
            return CallHook.Answer.AS_IT_IS;
          });
      fleet.world.wireTo(BROKEN).forgetCounts();
    }

    static void end(Fleet fleet) {
      fleet.world.wireTo(BROKEN).hook(CallHook.NONE);
    }
  }

  private static Fleet fleet() {
    return new Fleet(ENVIRONMENTS, Specs.EVERYTHING, BROKEN, SOUND);
  }

  private record Pace(Duration time, List<Integer> passes) {
    static Pace of(Fleet fleet) {
      var time = fleet.until(fleet.in(SOUND), Fleet.Member::isAsDesired);
      return new Pace(time, fleet.in(SOUND).stream().map(Fleet.Member::passes).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void while_all_is_made_slows_nobody_else_and_is_recovered_from(Storm storm) {
    var undisturbed = Pace.of(fleet());

    var fleet = fleet();
    var begin = fleet.world.clock().instant();
    storm.begin(fleet);
    var beside = Pace.of(fleet);
    fleet.dismiss(SOUND);
    fleet.run(STORM.minus(beside.time()));
    var calls = calls(fleet);
    assertThat(fleet.in(BROKEN)).noneMatch(Fleet.Member::isAsDesired);
    Storm.end(fleet);
    var recovery = fleet.until(fleet.in(BROKEN), Fleet.Member::isAsDesired);

    assertThat(beside).isEqualTo(undisturbed);
    assertWhole(fleet);
    assertThat(calls).isLessThan((int) (CALLS_A_SECOND * STORM.toSeconds()));
    System.out.printf(
        "%s for %d min in the account of %d environments that are being made: %d calls there (%.1f a second), ready %d s after its end (undisturbed %d s);"
            + " %d environments in another account ready in %d s (%s passes), undisturbed %d s (%s passes)%n",
        storm,
        STORM.toMinutes(),
        ENVIRONMENTS,
        calls,
        (double) calls / Duration.between(begin, fleet.world.clock().instant()).toSeconds(),
        recovery.toSeconds(),
        undisturbed.time().toSeconds(),
        ENVIRONMENTS,
        beside.time().toSeconds(),
        beside.passes(),
        undisturbed.time().toSeconds(),
        undisturbed.passes());
  }

  @ParameterizedTest
  @EnumSource
  void over_what_is_there_changes_nothing_and_ends_with_everything_as_it_was(Storm storm) {
    var fleet = new Fleet(ENVIRONMENTS, Specs.EVERYTHING, BROKEN);
    fleet.until(fleet.in(BROKEN), Fleet.Member::isAsDesired);
    fleet.run(Duration.ofMinutes(1));
    var before = fleet.world.region(BROKEN, Cluster.REGION).snapshot();
    storm.begin(fleet);
    fleet.run(STORM);
    assertThat(fleet.in(BROKEN)).noneMatch(Fleet.Member::isAsDesired);
    assertThat(fleet.world.wireTo(BROKEN).changes()).isEmpty();
    Storm.end(fleet);
    var recovery = fleet.until(fleet.in(BROKEN), Fleet.Member::isAsDesired);
    fleet.run(Duration.ofMinutes(1));
    assertThat(fleet.world.wireTo(BROKEN).changes()).isEmpty();
    assertThat(fleet.world.region(BROKEN, Cluster.REGION).snapshot()).isEqualTo(before);
    System.out.printf(
        "%s for %d min over %d environments: 0 changes, known again %d s after its end%n",
        storm, STORM.toMinutes(), ENVIRONMENTS, recovery.toSeconds());
  }

  private static int calls(Fleet fleet) {
    return fleet.world.wireTo(BROKEN).counts().values().stream().mapToInt(n -> n).sum();
  }

  private static void assertWhole(Fleet fleet) {
    var names = Promises.SLOTS.stream().map(slot -> slot.name().value()).sorted().toList();
    for (var account : List.of(BROKEN, SOUND))
      for (var member : fleet.in(account))
        assertThat(member.ownedNames()).as(member.cluster.owner().name()).isEqualTo(names);
  }
}
