package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.aws.hand.CacheHands;
import java.util.List;
import java.util.stream.Stream;

/** What the operator does with an environment that has a cache, from beginning to end. */
final class CacheStories {
  private static final AppEnvironmentSpec CACHED = Specs.cache(Specs.DEDICATED, "{}");

  static final List<String> ALL_NAMES =
      Stream.concat(
              Stream.of("cache.replicationGroup", "cache.subnetGroup"), Story.ALL_NAMES.stream())
          .toList();

  private static final Story ADD =
      new Story(
          "add a cache where new things show late, in lists and by id",
          s -> {
            s.untilAsDesired();
            s.region.listLag(2);
            s.region.idLag(2);
          },
          s -> s.cluster.apply(CACHED),
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story CHANGE =
      new Story(
          "change of the cache's node type and of its password",
          CacheStories::create,
          s -> {
            s.cluster.apply(Specs.cache(CACHED, "{nodeType: cache.t4g.small}"));
            s.cluster.annotate(Annotations.ROTATE, "1");
          },
          Stage::untilAsDesired,
          (s, neighbours) -> {
            Story.isWhole(s, neighbours);
            assertThat(s.cache().cacheNodeType()).isEqualTo("cache.t4g.small");
            assertThat(s.region.cacheTokens(s.id("cache.replicationGroup"))).hasSizeGreaterThan(1);
          });

  private static final Story MAKE_AGAIN =
      new Story(
          "a cache made again after somebody deleted it",
          CacheStories::create,
          CacheHands::deleteSubnetGroup,
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story DELETE =
      new Story(
          "delete with a cache",
          CacheStories::create,
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> {
            neighbours.assertAlone();
            assertThat(s.region.cacheSnapshots()).hasSize(1);
          });

  private static final Story GIVE_UP =
      new Story(
          "give up a cache that is retained",
          s -> {
            s.cluster.apply(Specs.retained(CACHED));
            s.untilAsDesired();
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> Story.isRetained(s));

  private static final Story ADOPT =
      new Story(
          "adopt a cache that was retained",
          s -> {
            create(s);
            s.giveUp();
          },
          s -> s.applyAgain(Specs.adopting(s.cluster.spec())),
          Stage::untilAsDesired,
          Story::isWhole);

  static final List<Story> ALL = List.of(ADD, CHANGE, MAKE_AGAIN, DELETE, GIVE_UP, ADOPT);

  private CacheStories() {}

  private static void create(Stage stage) {
    stage.cluster.apply(CACHED);
    stage.untilAsDesired();
  }
}
