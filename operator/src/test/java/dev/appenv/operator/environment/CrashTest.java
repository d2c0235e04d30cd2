package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.OperatorStopped;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whenever the operator's process ends, the next one finds what it left: nothing is made twice,
 * nothing is left behind, nothing of others is touched. Each story is run once to record its calls,
 * and then again for each of them with the process ending right there.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("exhaustive")
class CrashTest {
  /** When, with respect to a mutating call, the process ends. */
  private enum Moment {
    BEFORE_THE_CALL,
    BEFORE_ITS_ANSWER,
    BEFORE_THE_ANSWER_IS_STORED
  }

  @TestFactory
  Stream<DynamicTest> however_it_ends_nothing_is_duplicated_orphaned_or_lost() {
    return Stream.of(
            Story.ALL,
            DatabaseStories.ALL,
            BucketStories.ALL,
            CacheStories.ALL,
            DnsStories.ALL,
            EmailStories.ALL)
        .flatMap(List::stream)
        .flatMap(story -> {
          var calls = story.calls();
          assertThat(calls).as("what is changed in: " + story.name()).isNotEmpty();
          System.out.printf(
              "%s: %d mutating calls, %d crash points%n",
              story.name(), calls.size(), calls.size() * Moment.values().length);
          return Stream.of(Moment.values())
              .map(moment ->
                  dynamicTest(
                      "%s, stopped %s of each of %d calls"
                          .formatted(story.name(), moment, calls.size()),
                      () -> {
                        for (var i = 0; i < calls.size(); i++)
                          crash(story, moment, i, calls.get(i));
                      }));
        });
  }

  private static void crash(Story story, Moment moment, int call, String operation) {
    try {
      var stage = new Stage();
      var neighbours = Neighbours.moveIn(stage);
      story.begin(stage);
      var stop = new Stop(stage, moment, call);
      assertThatThrownBy(() -> story.end().accept(stage)).isInstanceOf(OperatorStopped.class);
      stop.lift();
      stage.restart();
      story.end().accept(stage);
      story.check().accept(stage, neighbours);
      neighbours.assertUntouched();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s: stopped %s #%d %s: %s"
              .formatted(story.name(), moment, call, operation, e.getMessage()),
          e);
    }
  }

  /** Ends the process at one point; from then on nothing that is left of it does anything. */
  private static final class Stop {
    private final Stage stage;
    private boolean answered;
    private boolean stopped;

    Stop(Stage stage, Moment moment, int call) {
      this.stage = stage;
      stage
          .world
          .wire()
          .hook(site -> {
            if (stopped) stop();
            if (site.mutating() && site.index() == call)
              switch (moment) {
                case BEFORE_THE_CALL -> {
                  if (site.isBefore()) stop();
                }
                case BEFORE_ITS_ANSWER -> {
                  if (!site.isBefore()) stop();
                }
                case BEFORE_THE_ANSWER_IS_STORED -> answered = answered || !site.isBefore();
              }
            return CallHook.Answer.AS_IT_IS;
          });
      stage.cluster.hook(() -> {
        if (stopped || answered) stop();
      });
    }

    private void stop() {
      stopped = true;
      throw new OperatorStopped("here");
    }

    void lift() {
      stage.world.wire().hook(CallHook.NONE);
      stage.cluster.hook(() -> {});
    }
  }
}
