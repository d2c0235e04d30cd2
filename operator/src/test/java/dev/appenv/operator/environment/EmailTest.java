package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.EmailStatus;
import dev.appenv.api.RecordToSetStatus;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.OperatorStopped;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

/** An application sends mail from one address and as nobody else, and its secret is kept. */
class EmailTest {
  private static final int LONGER_THAN_A_READING_SERVES = 64;
  private static final String SHOP = "{from: noreply@shop.example.com}";
  private static final String OTHERS = "{from: noreply@shop.example.com, identity: Existing}";

  private static Stage with(String email) {
    var stage = Stage.created();
    stage.cluster.apply(Specs.email(Specs.DEDICATED, email));
    return stage;
  }

  private static List<String> keys(Stage stage) {
    return stage
        .identity
        .listAccessKeys(r -> r.userName("appenv-%s-user".formatted(Cluster.UID)))
        .accessKeyMetadata()
        .stream()
        .map(AccessKeyMetadata::accessKeyId)
        .toList();
  }

  private static String policy(Stage stage) {
    var encoded =
        stage
            .identity
            .getUserPolicy(r -> r.userName(stage.id("email.user")).policyName("appenv"))
            .policyDocument();
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  private static EmailStatus email(Stage stage) {
    return Objects.requireNonNull(stage.status().email());
  }

  /** The answers to the first calls of an operation are lost. */
  private static AtomicInteger lose(Stage stage, String operation, int answers) {
    var lost = new AtomicInteger();
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals(operation) && !site.isBefore() && lost.get() < answers) {
            lost.incrementAndGet();
            throw AwsErrors.lost();
          }
          return CallHook.Answer.AS_IT_IS;
        });
    return lost;
  }

  @Test
  void the_identity_has_its_marks_from_the_call_that_makes_it() {
    var stage = with(SHOP);
    stage.world.wire().forgetCounts();
    stage.untilAsDesired();
    assertThat(stage.id("email.identity")).isEqualTo("shop.example.com");
    assertThat(stage.region.tagsOf("shop.example.com"))
        .containsEntry(OwnerTags.UID, Cluster.UID)
        .containsEntry(OwnerTags.RESOURCE, "email.identity")
        .containsEntry("team", "shop");
    assertThat(stage.world.wire().changes())
        .containsExactly("CreateEmailIdentity", "CreateUser", "PutUserPolicy", "CreateAccessKey");
    assertThat(stage.world.wire().refusals()).isEmpty();
  }

  @Test
  void the_user_may_send_from_the_one_address_and_do_nothing_else() {
    var stage = Stage.withEmail();
    assertThat(policy(stage))
        .contains("\"Action\": \"ses:SendRawEmail\"")
        .contains(
            "\"Resource\": [\"arn:aws:ses:eu-central-1:123456789012:identity/shop.example.com\"]")
        .contains("{\"StringEquals\": {\"ses:FromAddress\": \"noreply@shop.example.com\"}}");
    var user = stage.identity.getUser(r -> r.userName(stage.id("email.user"))).user();
    assertThat(user.path()).isEqualTo("/appenv/shop/shop-main/");
  }

  @Test
  void the_user_is_bound_by_the_policy_that_the_account_names() {
    var stage = new Stage();
    stage.cluster.permissionsBoundary("arn:aws:iam::123456789012:policy/one");
    stage.cluster.apply(Specs.email(Specs.DEDICATED, SHOP));
    stage.untilAsDesired();
    var user = stage.identity.getUser(r -> r.userName(stage.id("email.user"))).user();
    assertThat(user.permissionsBoundary().permissionsBoundaryArn()).endsWith("policy/one");
    assertThat(stage.world.wire().changes()).doesNotContain("PutUserPermissionsBoundary");
  }

  @Test
  void the_application_is_told_all_that_it_needs() {
    var stage = Stage.withEmail();
    assertThat(stage.told("SMTP_HOST")).isEqualTo("email-smtp.eu-central-1.amazonaws.com");
    assertThat(stage.told("SMTP_PORT")).isEqualTo("587");
    assertThat(stage.told("SMTP_USERNAME")).isEqualTo(keys(stage).getFirst());
    assertThat(stage.told("SMTP_PASSWORD")).startsWith("B").hasSize(44);
    assertThat(stage.told("SMTP_FROM")).isEqualTo("noreply@shop.example.com");
  }

  @Test
  void what_was_told_once_is_in_secrets_and_nowhere_else() {
    var stage = Stage.withEmail();
    var kept = stage.cluster.secrets().get("shop", "shop-main-credentials");
    var secret =
        Objects.requireNonNull(
            GeneratedSecrets.decoded(Objects.requireNonNull(kept)).get("email.accessKey.secret"));
    assertThat(secret).startsWith("secret of");
    assertThat(Objects.requireNonNull(stage.cluster.stored()).toString())
        .doesNotContain(secret, Objects.requireNonNull(stage.told("SMTP_PASSWORD")));
  }

  @Test
  void a_key_whose_answer_was_lost_goes_and_another_comes() {
    var stage = with(SHOP);
    var lost = lose(stage, "CreateAccessKey", 3);
    for (var i = 0; i < 60 && !stage.isAsDesired(); i++) {
      stage.pass();
      assertThat(stage.region.ids().stream().filter(id -> id.contains("/AKIA")).count())
          .isLessThanOrEqualTo(1);
    }
    assertThat(lost).hasValue(3);
    assertThat(keys(stage)).containsExactly(Objects.requireNonNull(stage.told("SMTP_USERNAME")));
    assertThat(stage.world.wire().refusals()).isEmpty();
  }

  @Test
  void a_key_whose_secret_was_stored_before_the_end_of_the_process_stays() {
    var stage = with(SHOP);
    while (stage.world.wire().calls("CreateAccessKey") == 0) {
      stage.cluster.hook(() -> {
        if (stage.world.wire().calls("CreateAccessKey") > 0) throw new OperatorStopped("here");
      });
      try {
        stage.pass();
      } catch (OperatorStopped e) {
        stage.cluster.hook(() -> {});
        stage.restart();
      }
    }
    stage.untilAsDesired();
    assertThat(stage.world.wire().calls("CreateAccessKey")).isOne();
    assertThat(keys(stage)).containsExactly(Objects.requireNonNull(stage.told("SMTP_USERNAME")));
  }

  @Test
  void where_somebody_deletes_the_secret_another_key_comes() {
    var stage = Stage.withEmail();
    var before = keys(stage);
    stage.cluster.secrets().remove("shop", "shop-main-credentials");
    stage.untilAsDesired();
    assertThat(keys(stage)).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(stage.told("SMTP_USERNAME")).isEqualTo(keys(stage).getFirst());
  }

  @Test
  void a_rotation_puts_another_key_in_its_place() {
    var stage = Stage.withEmail();
    var before = keys(stage);
    var password = stage.told("SMTP_PASSWORD");
    stage.cluster.annotate(Annotations.ROTATE, "1");
    stage.untilAsDesired();
    assertThat(keys(stage)).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(stage.told("SMTP_PASSWORD")).isNotEqualTo(password);
    stage.passes(4);
    assertThat(stage.world.wire().calls("CreateAccessKey")).isEqualTo(2);
  }

  @Test
  void an_identity_of_somebody_else_is_never_taken_and_does_not_keep_the_environment() {
    var stage = new Stage();
    stage.mailHand.createEmailIdentity(r -> r.emailIdentity("shop.example.com"));
    var neighbours = Neighbours.moveIn(stage);
    stage.cluster.apply(Specs.email(Specs.DEDICATED, SHOP));
    stage.passes(20);
    assertThat(stage.condition("InfrastructureReady").reason()).isEqualTo("BelongsToOthers");
    assertThat(stage.condition("Stalled").status()).isEqualTo("True");
    assertThat(stage.condition("Stalled").message())
        .contains("shop.example.com", "spec.email.identity: Existing");
    assertThat(stage.world.wire().changes())
        .doesNotContain("CreateEmailIdentity", "CreateUser", "CreateAccessKey");

    stage.cluster.delete();
    stage.untilGone();
    neighbours.assertAlone();
  }

  @Test
  void it_is_made_once_the_other_one_has_gone_or_another_address_is_wished_for() {
    var stage = new Stage();
    stage.mailHand.createEmailIdentity(r -> r.emailIdentity("shop.example.com"));
    stage.cluster.apply(Specs.email(Specs.DEDICATED, SHOP));
    stage.passes(4);
    stage.cluster.apply(Specs.email(Specs.DEDICATED, "{from: shop@mail.example.com}"));
    stage.untilAsDesired();
    assertThat(stage.id("email.identity")).isEqualTo("mail.example.com");

    stage.cluster.apply(Specs.email(Specs.DEDICATED, SHOP));
    stage.passes(4);
    stage.mailHand.deleteEmailIdentity(r -> r.emailIdentity("shop.example.com"));
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(stage.isAsDesired()).isTrue();
    assertThat(stage.id("email.identity")).isEqualTo("shop.example.com");
  }

  @Test
  void an_identity_of_somebody_else_can_be_used_and_is_not_touched() {
    var stage = new Stage();
    stage.mailHand.createEmailIdentity(r -> r.emailIdentity("example.com"));
    stage.region.verification("example.com", VerificationStatus.SUCCESS);
    var neighbours = Neighbours.moveIn(stage);
    stage.cluster.apply(Specs.email(Specs.DEDICATED, OTHERS));
    stage.untilAsDesired();
    assertThat(email(stage).identity()).isEqualTo("example.com");
    assertThat(email(stage).verified()).isTrue();
    assertThat(policy(stage))
        .contains(
            "identity/noreply@shop.example.com\", \"",
            "identity/shop.example.com\", \"",
            "identity/example.com\"]")
        .doesNotContain("identity/com");
    neighbours.assertUntouched();
    stage.cluster.delete();
    stage.untilGone();
    neighbours.assertAlone();
  }

  @Test
  void that_no_identity_covers_the_address_is_said() {
    var stage = with(OTHERS);
    stage.untilAsDesired();
    assertThat(email(stage).identity()).isNull();
    assertThat(email(stage).message())
        .contains("no identity in SES covers noreply@shop.example.com");
  }

  @Test
  void an_address_alone_is_verified_by_a_link() {
    var stage = with("{from: noreply@shop.example.com, identity: Address}");
    stage.untilAsDesired();
    assertThat(stage.id("email.identity")).isEqualTo("noreply@shop.example.com");
    assertThat(email(stage).message()).contains("open the link");
    assertThat(stage.status().recordsToSet()).isNull();
  }

  @Test
  void with_another_kind_of_identity_the_old_one_goes_and_the_key_stays() {
    var stage = Stage.withEmail();
    var key = keys(stage);
    stage.cluster.apply(
        Specs.email(Specs.DEDICATED, "{from: noreply@shop.example.com, identity: Address}"));
    stage.untilAsDesired();
    assertThat(stage.region.ids())
        .contains("noreply@shop.example.com")
        .doesNotContain("shop.example.com");
    assertThat(policy(stage)).contains("identity/noreply@shop.example.com\"]");
    assertThat(keys(stage)).isEqualTo(key);
    assertThat(stage.drift()).isEmpty();
  }

  @Test
  void one_whose_answer_was_lost_goes_when_another_is_wished_for_meanwhile() {
    var stage = with(SHOP);
    var lost = lose(stage, "CreateEmailIdentity", 1);
    while (lost.get() == 0) stage.pass();
    stage.restart();
    stage.cluster.apply(Specs.email(Specs.DEDICATED, "{from: shop@mail.example.com}"));
    stage.untilAsDesired();
    assertThat(stage.region.ids()).contains("mail.example.com").doesNotContain("shop.example.com");
  }

  @Test
  void status_says_which_records_to_set_until_aws_has_seen_them() {
    var stage = Stage.withEmail();
    assertThat(stage.condition("InfrastructureReady").status()).isEqualTo("True");
    assertThat(stage.status().recordsToSet())
        .hasSize(3)
        .extracting(RecordToSetStatus::type)
        .containsOnly("CNAME");
    assertThat(Objects.requireNonNull(stage.status().recordsToSet()).getFirst())
        .satisfies(record -> {
          assertThat(record.name()).endsWith("._domainkey.shop.example.com");
          assertThat(record.value()).endsWith(".dkim.amazonses.com");
        });
    assertThat(email(stage).verified()).isFalse();
    assertThat(email(stage).message()).contains("status.recordsToSet");

    stage.region.verification("shop.example.com", VerificationStatus.SUCCESS);
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(stage.status().recordsToSet()).isNull();
    assertThat(email(stage).verified()).isTrue();
    assertThat(stage.drift()).isEmpty();
  }

  @Test
  void that_aws_has_given_up_is_said() {
    var stage = Stage.withEmail();
    stage.region.verification("shop.example.com", VerificationStatus.FAILED);
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(email(stage).message()).contains("has given up");
  }

  @Test
  void the_sandbox_is_shown_until_aws_lets_the_account_out() {
    var stage = Stage.withEmail();
    stage.region.verification("shop.example.com", VerificationStatus.SUCCESS);
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(email(stage).sandbox()).isTrue();
    assertThat(email(stage).message()).contains("ask for production access");
    stage.region.mailAccount(false, true);
    stage.world.clock().advance(Duration.ofHours(1));
    stage.pass();
    assertThat(email(stage)).isEqualTo(new EmailStatus("shop.example.com", true, false, null));
    stage.region.mailAccount(false, false);
    stage.cluster.annotate(Annotations.REFRESH, "1");
    stage.pass();
    assertThat(email(stage).message()).contains("has stopped all sending");
  }

  @Test
  void what_cannot_be_read_of_the_account_is_said_and_nothing_else_waits_for_it() {
    var stage = with(SHOP);
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals("GetAccount")) throw AwsErrors.denied();
          return CallHook.Answer.AS_IT_IS;
        });
    stage.untilAsDesired();
    assertThat(email(stage).sandbox()).isNull();
    assertThat(email(stage).message()).contains("could not be read");
  }

  @Test
  void watching_it_takes_few_calls() {
    var stage = Stage.withEmail();
    stage.passes(4);
    stage.world.wire().forgetCounts();
    stage.passes(60);
    for (var operation :
        List.of("GetEmailIdentity", "GetUser", "ListAccessKeys", "GetUserPolicy", "GetAccount"))
      assertThat(stage.world.wire().calls(operation)).as(operation).isLessThanOrEqualTo(2);
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void it_is_not_read_where_nobody_wishes_for_it() {
    var stage = Stage.created();
    stage.world.wire().forgetCounts();
    stage.passes(LONGER_THAN_A_READING_SERVES);
    assertThat(stage.world.wire().counts())
        .doesNotContainKeys("GetEmailIdentity", "GetAccount", "GetUser", "ListAccessKeys");
    assertThat(stage.status().email()).isNull();
  }

  @Test
  void taken_out_of_the_spec_it_goes_in_the_order_that_aws_wants() {
    var stage = Stage.withEmail();
    stage.cluster.apply(Specs.email(Specs.DEDICATED, null));
    stage.world.wire().forgetCounts();
    stage.untilAsDesired();
    assertThat(stage.world.wire().changes())
        .containsExactly(
            "DeleteAccessKey", "DeleteUserPolicy", "DeleteUser", "DeleteEmailIdentity");
    assertThat(stage.world.wire().refusals()).isEmpty();
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
    assertThat(stage.told("SMTP_PASSWORD")).isNull();
  }
}
