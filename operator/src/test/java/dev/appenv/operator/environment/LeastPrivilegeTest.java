package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.operator.aws.call.IamActions;
import dev.appenv.operator.aws.call.PublishedPolicies;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.CallSite;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Without any single one of the permissions that the chart publishes, status says which it is,
 * nothing is lost or made twice, and all goes on once it is given back.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("exhaustive")
class LeastPrivilegeTest {
  /** By then everything was read again, also what is read seldom. */
  private static final int LATEST = 70;

  /** Long enough for what was refused to be tried again. */
  private static final int FURTHER = 3;

  /** Of the stories that need an action, so many are told. */
  private static final int STORIES = 3;

  private final Map<Story, Set<String>> stories = new LinkedHashMap<>();

  LeastPrivilegeTest() {
    Stream.of(
            Story.ALL,
            DatabaseStories.ALL,
            BucketStories.ALL,
            CacheStories.ALL,
            DnsStories.ALL,
            EmailStories.ALL,
            RepairStories.ALL,
            DriftTest.stories())
        .flatMap(List::stream)
        .forEach(story -> stories.put(story, needs(story)));
  }

  /** The actions that a story needs when nothing disturbs it. */
  private static Set<String> needs(Story story) {
    var stage = new Stage();
    Neighbours.moveIn(stage);
    story.begin(stage);
    var actions = new TreeSet<String>();
    stage
        .world
        .wire()
        .hook(site -> {
          actions.addAll(actions(site));
          return CallHook.Answer.AS_IT_IS;
        });
    story.end().accept(stage);
    return actions;
  }

  private static List<String> actions(CallSite site) {
    return IamActions.of(site.service(), site.operation());
  }

  /** Without those of the preflight all works: they hold nothing back. */
  private static Set<String> needed() {
    var actions = PublishedPolicies.actions();
    actions.removeAll(PublishedPolicies.actions(PublishedPolicies.PREFLIGHT));
    return actions;
  }

  @Test
  void every_action_is_needed_by_a_story() {
    var untold = new TreeSet<>(needed());
    stories.values().forEach(untold::removeAll);
    assertThat(untold)
        .as("No story calls these; write one (and World must say which service a wire is of)")
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> without_an_action_status_names_it_and_nothing_is_lost() {
    return needed().stream()
        .map(action ->
            dynamicTest(
                action,
                () -> {
                  var naming =
                      told(action).stream().filter(story -> without(action, story)).toList();
                  assertThat(naming).as("stories in which status names " + action).isNotEmpty();
                }));
  }

  /** What somebody doubled by hand may be there twice as long as we may not delete it. */
  private static void assertNothingIsTwice(List<String> before, List<String> now) {
    for (var name : now)
      assertThat(Collections.frequency(now, name))
          .as(name)
          .isLessThanOrEqualTo(Math.max(1, Collections.frequency(before, name)));
  }

  /** Some of the stories that need it, from the first to the last. */
  private List<Story> told(String action) {
    var all = stories.keySet().stream().filter(s -> needs(s, action)).toList();
    if (all.size() <= STORIES) return all;
    return Stream.iterate(0, i -> i + 1)
        .limit(STORIES)
        .map(i -> all.get(i * (all.size() - 1) / (STORIES - 1)))
        .toList();
  }

  private boolean needs(Story story, String action) {
    return Objects.requireNonNull(stories.get(story)).contains(action);
  }

  /**
   * The story without the action, and then with it.
   *
   * @return whether status named it; where it did not, it was done in another way
   */
  private static boolean without(String action, Story story) {
    try {
      var stage = new Stage();
      var neighbours = Neighbours.moveIn(stage);
      story.begin(stage);
      var before = stage.ownedNames();
      deny(stage, action);
      for (var i = 0; i < LATEST && !isNamed(stage, action); i++) stage.pass();
      var named = isNamed(stage, action);
      if (named) {
        stage.passes(FURTHER);
        assertThat(stage.cluster.isGone()).isFalse();
        assertNothingIsTwice(before, stage.ownedNames());
        neighbours.assertUntouched();
        stage.world.wire().hook(CallHook.NONE);
      }
      story.end().accept(stage);
      story.check().accept(stage, neighbours);
      neighbours.assertUntouched();
      return named;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s: without %s: %s".formatted(story.name(), action, e.getMessage()), e);
    }
  }

  /** EC2 encodes what is missing when it is the call's own action, else AWS names it. */
  private static void deny(Stage stage, String action) {
    stage
        .world
        .wire()
        .hook(site -> {
          if (!site.isBefore() || !actions(site).contains(action)) return CallHook.Answer.AS_IT_IS;
          var own = actions(site).getFirst().equals(action);
          throw own && site.service().equals("ec2") ? AwsErrors.denied() : AwsErrors.denied(action);
        });
  }

  /** It is said with the condition that stops, or that does not know, or with the state of mail. */
  private static boolean isNamed(Stage stage, String action) {
    var status = stage.cluster.status();
    if (status == null) return false;
    var email = status.email();
    return (email != null && String.valueOf(email.message()).contains(action))
        || Objects.requireNonNull(status.conditions()).stream()
            .anyMatch(c -> c.message().contains(action) && stops(c.type(), c.status()));
  }

  private static boolean stops(String type, String status) {
    return switch (type) {
      case "Stalled" -> status.equals("True");
      case "Ready" -> !status.equals("True");
      default -> status.equals("Unknown");
    };
  }
}
