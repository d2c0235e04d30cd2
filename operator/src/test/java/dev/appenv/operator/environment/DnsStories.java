package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.hand.ComputeHands;
import dev.appenv.operator.aws.hand.DnsHands;
import java.util.List;

/** What the operator does with a DNS record, from beginning to end. */
final class DnsStories {
  private static final String OTHER = "other.example.com";

  static final Story CREATE =
      new Story(
          "create of a DNS record, with small pages",
          s -> {
            s.nameZone();
            s.untilAsDesired();
            s.region.pageSize(1);
          },
          s -> s.cluster.apply(Specs.domain(s.cluster.spec(), Stage.DOMAIN)),
          Stage::untilAsDesired,
          DnsStories::leadsToMachine);

  static final Story MOVE =
      new Story(
          "another domain",
          DnsStories::prepare,
          s -> s.cluster.apply(Specs.domain(s.cluster.spec(), OTHER)),
          Stage::untilAsDesired,
          (s, neighbours) -> {
            Story.isWhole(s, neighbours);
            assertThat(s.resolve(OTHER)).containsExactly(s.machineAddress());
            assertThat(s.resolve(Stage.DOMAIN)).isEmpty();
          });

  private static final Story FOLLOW =
      new Story(
          "another address",
          DnsStories::prepare,
          s -> ComputeHands.releaseAddress(s),
          Stage::untilAsDesired,
          DnsStories::leadsToMachine);

  private static final Story MAKE_AGAIN =
      new Story(
          "a DNS record made again after somebody deleted it",
          DnsStories::prepare,
          s -> {
            DnsHands.delete(s);
            s.cluster.annotate(Annotations.REFRESH, "1");
          },
          Stage::untilAsDesired,
          DnsStories::leadsToMachine);

  private static final Story DROP =
      new Story(
          "no domain any more",
          DnsStories::prepare,
          s -> s.cluster.apply(Specs.domain(s.cluster.spec(), null)),
          Stage::untilAsDesired,
          Story::isWhole);

  private static final Story DELETE =
      new Story(
          "delete with a DNS record",
          DnsStories::prepare,
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> neighbours.assertAlone());

  private static final Story GIVE_UP =
      new Story(
          "give up what is retained with a DNS record",
          s -> {
            prepare(s);
            s.cluster.apply(Specs.retained(s.cluster.spec()));
            s.untilAsDesired();
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> Story.isRetained(s));

  private static final Story ADOPT =
      new Story(
          "adopt what was retained with a DNS record",
          s -> {
            prepare(s);
            s.giveUp();
          },
          s -> s.applyAgain(Specs.adopting(s.cluster.spec())),
          Stage::untilAsDesired,
          DnsStories::leadsToMachine);

  static final List<Story> ALL =
      List.of(CREATE, MOVE, FOLLOW, MAKE_AGAIN, DROP, DELETE, GIVE_UP, ADOPT);

  private DnsStories() {}

  private static void prepare(Stage stage) {
    stage.nameZone();
    stage.cluster.apply(Specs.domain(stage.cluster.spec(), Stage.DOMAIN));
    stage.untilAsDesired();
  }

  private static void leadsToMachine(Stage stage, Neighbours neighbours) {
    Story.isWhole(stage, neighbours);
    assertThat(stage.resolve(Stage.DOMAIN)).containsExactly(stage.machineAddress());
  }
}
