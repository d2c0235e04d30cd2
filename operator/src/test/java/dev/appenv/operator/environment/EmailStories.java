package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.hand.EmailHands;
import java.util.List;
import java.util.Map;

/** What the operator does with mail, from beginning to end. */
final class EmailStories {
  private static final String SHOP = "{from: noreply@shop.example.com}";

  static final Story CREATE =
      new Story(
          "mail where new things show late, in lists and by id",
          s -> {
            s.untilAsDesired();
            s.region.listLag(2);
            s.region.idLag(2);
          },
          s -> s.cluster.apply(Specs.email(s.cluster.spec(), SHOP)),
          Stage::untilAsDesired,
          EmailStories::isTold);

  private static final Story CHANGE =
      new Story(
          "mail from another domain, and other tags",
          EmailStories::prepare,
          s -> {
            s.cluster.apply(Specs.email(s.cluster.spec(), "{from: shop@mail.example.com}"));
            s.cluster.accountTags(Map.of("team", "web"));
          },
          Stage::untilAsDesired,
          (s, neighbours) -> {
            isTold(s, neighbours);
            assertThat(s.id("email.identity")).isEqualTo("mail.example.com");
            assertThat(s.region.ids()).doesNotContain("shop.example.com");
          });

  private static final Story OTHER_WISH_WHILE_MADE =
      new Story(
          "mail from another domain before the first was there",
          s -> {
            s.untilAsDesired();
            s.region.listLag(2);
            s.region.idLag(2);
            s.cluster.apply(Specs.email(s.cluster.spec(), SHOP));
            s.pass();
          },
          s -> s.cluster.apply(Specs.email(s.cluster.spec(), "{from: shop@mail.example.com}")),
          Stage::untilAsDesired,
          (s, neighbours) -> {
            isTold(s, neighbours);
            assertThat(s.region.ids()).doesNotContain("shop.example.com");
          });

  private static final Story ROTATE =
      new Story(
          "another key",
          EmailStories::prepare,
          s -> s.cluster.annotate(Annotations.ROTATE, "1"),
          Stage::untilAsDesired,
          EmailStories::isTold);

  private static final Story MAKE_AGAIN =
      new Story(
          "mail made again after somebody deleted all of it",
          EmailStories::prepare,
          s -> {
            EmailHands.deleteUser(s);
            EmailHands.deleteIdentity(s);
            s.cluster.annotate(Annotations.REFRESH, "1");
          },
          Stage::untilAsDesired,
          EmailStories::isTold);

  private static final Story DELETE =
      new Story(
          "delete with mail, and with what others gave its user",
          s -> {
            prepare(s);
            EmailHands.makeAnotherKey(s);
            EmailHands.joinAdministrators(s);
            EmailHands.givePassword(s);
            EmailHands.makeAdministrator(s);
          },
          s -> s.cluster.delete(),
          Stage::untilGone,
          (s, neighbours) -> neighbours.assertAlone());

  private static final Story GIVE_UP =
      new Story(
          "give up what is retained with mail",
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
          "adopt what was retained with mail",
          s -> {
            prepare(s);
            s.giveUp();
          },
          s -> s.applyAgain(Specs.adopting(s.cluster.spec())),
          Stage::untilAsDesired,
          (s, neighbours) -> {
            isTold(s, neighbours);
            assertThat(s.region.tagsOf(s.id("email.user"))).containsKey(OwnerTags.FORMER_UID);
          });

  static final List<Story> ALL =
      List.of(CREATE, CHANGE, OTHER_WISH_WHILE_MADE, ROTATE, MAKE_AGAIN, DELETE, GIVE_UP, ADOPT);

  private EmailStories() {}

  private static void prepare(Stage stage) {
    stage.cluster.apply(Specs.email(stage.cluster.spec(), SHOP));
    stage.untilAsDesired();
  }

  /** Everything is there once, and the application knows the one key that there is. */
  private static void isTold(Stage stage, Neighbours neighbours) {
    Story.isWhole(stage, neighbours);
    assertThat(stage.told("SMTP_USERNAME"))
        .isEqualTo(stage.id("email.accessKey").replaceAll(".*/", ""));
  }
}
