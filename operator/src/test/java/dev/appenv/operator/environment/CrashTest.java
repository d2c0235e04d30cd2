package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.OperatorStopped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whenever the operator's process ends, the next one finds what it left: nothing is made twice,
 * nothing is left behind, nothing of others is touched. Each story is run once to record its calls,
 * and then again for each of them with the process ending right there.
 */
class CrashTest {
  private static final List<String> ALL_NAMES =
      List.of(
          "compute.address",
          "compute.instance",
          "compute.keyPair",
          "network.dataSecurityGroup",
          "network.internetGateway",
          "network.machineSecurityGroup",
          "network.privateRouteTable",
          "network.privateSubnetA",
          "network.privateSubnetB",
          "network.publicRouteTable",
          "network.publicSubnetA",
          "network.publicSubnetB",
          "network.vpc");

  /** When, with respect to a mutating call, the process ends. */
  private enum Moment {
    BEFORE_THE_CALL,
    BEFORE_ITS_ANSWER,
    BEFORE_THE_ANSWER_IS_STORED
  }

  /**
   * @param prepare up to where the operator may be stopped
   * @param act what sets the operator to work
   * @param end until when it works
   * @param check what must be so in the end
   */
  private record Story(
      String name,
      Function<Stage, Stage> prepare,
      Consumer<Stage> act,
      Consumer<Stage> end,
      Consumer<Stage> check) {}

  private static Stage asDesired(Stage stage) {
    stage.untilAsDesired();
    return stage;
  }

  private static final List<Story> STORIES =
      List.of(
          new Story(
              "create with small pages",
              s -> {
                s.region.pageSize(1);
                return s;
              },
              s -> {},
              Stage::untilAsDesired,
              CrashTest::isWhole),
          new Story(
              "create where new things show late, in lists and by id",
              s -> {
                s.region.listLag(2);
                s.region.idLag(2);
                return s;
              },
              s -> {},
              Stage::untilAsDesired,
              CrashTest::isWhole),
          new Story(
              "change of instance type, sources and tags",
              CrashTest::asDesired,
              s -> {
                s.cluster.apply(
                    Specs.sshFrom(
                        Specs.instanceType(s.cluster.spec(), "t3.large"), "198.51.100.0/24"));
                s.cluster.accountTags(Map.of("team", "web"));
              },
              Stage::untilAsDesired,
              s -> {
                isWhole(s);
                assertThat(s.instance().instanceTypeAsString()).isEqualTo("t3.large");
                assertThat(s.instance().state().nameAsString()).isEqualTo("running");
                for (var id : s.owned())
                  if (!id.startsWith("vol-"))
                    assertThat(s.region.tagsOf(id)).containsEntry("team", "web");
              }),
          new Story(
              "another key",
              CrashTest::asDesired,
              s -> s.cluster.clientKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEc operator"),
              Stage::untilAsDesired,
              CrashTest::isWhole),
          new Story(
              "all made again after somebody deleted all of it",
              CrashTest::asDesired,
              s -> {
                new Wrecker(s).everything();
                s.region.listLag(2);
              },
              Stage::untilAsDesired,
              CrashTest::isWhole),
          new Story(
              "delete",
              CrashTest::asDesired,
              s -> s.cluster.delete(),
              Stage::untilGone,
              s -> assertThat(s.owned()).isEmpty()),
          new Story(
              "delete what was only half made",
              s -> {
                s.region.listLag(2);
                s.passes(2);
                return s;
              },
              s -> s.cluster.delete(),
              Stage::untilGone,
              s -> assertThat(s.owned()).isEmpty()));

  private static void isWhole(Stage stage) {
    assertThat(stage.ownedNames()).isEqualTo(ALL_NAMES);
    var noted = Objects.requireNonNull(stage.status().resources());
    for (var resource : noted)
      assertThat(stage.region.tagsOf(resource.id()))
          .containsEntry(OwnerTags.RESOURCE, resource.name());
    assertThat(noted).hasSize(ALL_NAMES.size());
  }

  @TestFactory
  Stream<DynamicTest> however_it_ends_nothing_is_duplicated_orphaned_or_lost() {
    return STORIES.stream()
        .flatMap(story -> {
          var calls = recorded(story);
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

  private static List<String> recorded(Story story) {
    var stage = story.prepare().apply(new Stage());
    story.act().accept(stage);
    stage.world.wire().forgetCounts();
    story.end().accept(stage);
    return stage.world.wire().changes();
  }

  private static void crash(Story story, Moment moment, int call, String operation) {
    var point = "%s: stopped %s #%d %s".formatted(story.name(), moment, call, operation);
    try {
      var stage = new Stage();
      var neighbours = Neighbours.moveIn(stage);
      var _ = story.prepare().apply(stage);
      story.act().accept(stage);
      stage.world.wire().forgetCounts();
      var stop = new Stop(stage, moment, call);
      assertThatThrownBy(() -> story.end().accept(stage)).isInstanceOf(OperatorStopped.class);
      stop.lift();
      stage.restart();
      story.end().accept(stage);
      story.check().accept(stage);
      neighbours.assertUntouched();
      neighbours.assertNoOrphans();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(point + ": " + e.getMessage(), e);
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
            if (stopped) throw new OperatorStopped("stopped already");
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
