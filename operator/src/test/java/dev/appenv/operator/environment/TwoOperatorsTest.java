package dev.appenv.operator.environment;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.CallSite.When;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A node that was cut off still runs its operator while the next one has begun: the one that comes
 * too late sees it, and nothing is made twice. Each story is run once to record its calls, and then
 * again for each of them with the other operator at work just before it, or just after it.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("exhaustive")
class TwoOperatorsTest {
  private static final int PASSES = 3;

  @TestFactory
  Stream<DynamicTest> whenever_the_other_works_nothing_is_duplicated_orphaned_or_lost() {
    return Story.ALL.stream()
        .flatMap(story -> {
          var calls = story.calls();
          return Stream.of(When.values())
              .map(when ->
                  dynamicTest(
                      "%s, the other at work %s each of %d calls"
                          .formatted(story.name(), when, calls.size()),
                      () -> {
                        for (var i = 0; i < calls.size(); i++) meet(story, when, i, calls.get(i));
                      }));
        });
  }

  private static void meet(Story story, When when, int call, String operation) {
    try {
      var stage = new Stage();
      var neighbours = Neighbours.moveIn(stage);
      story.begin(stage);
      var other = stage.another();
      var wire = stage.world.wire();
      wire.hook(site -> {
        if (site.mutating() && site.index() == call && site.when() == when) {
          wire.hook(CallHook.NONE);
          for (var i = 0; i < PASSES; i++) other.pass();
        }
        return CallHook.Answer.AS_IT_IS;
      });
      story.end().accept(stage);
      story.check().accept(stage, neighbours);
      neighbours.assertUntouched();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s: the other at work %s #%d %s: %s"
              .formatted(story.name(), when, call, operation, e.getMessage()),
          e);
    }
  }
}
