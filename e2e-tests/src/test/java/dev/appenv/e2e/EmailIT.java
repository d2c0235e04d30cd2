package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.EmailStatus;
import dev.appenv.api.RecordToSetStatus;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;

/** Mail over the wire: an identity, and the user and key by which the application signs in. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class EmailIT {
  private static final String USER = "email.user";
  private static final String KEY = "email.accessKey";

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;

  EmailIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    // So that what is read by itself is read often.
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT1S").restart();
    shop = bed.environment("mail").spec("{email: {from: noreply@shop.example.com}}").create();
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    shop.untilInfrastructureReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
    shop.untilGone();
    assertThat(aws.inventory().ids()).doesNotContain("shop.example.com");
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT10S").restart();
  }

  private EmailStatus email() {
    return Objects.requireNonNull(shop.status().email(), "nothing is said of mail");
  }

  private List<String> keys() {
    return aws.iam().listAccessKeys(r -> r.userName(shop.id(USER))).accessKeyMetadata().stream()
        .map(AccessKeyMetadata::accessKeyId)
        .toList();
  }

  @Test
  void the_application_is_told_how_to_sign_in_and_nobody_reads_it_elsewhere() {
    shop.until(
        SOON,
        it ->
            assertThat(shop.secret("-outputs"))
                .containsEntry("SMTP_HOST", "email-smtp.%s.amazonaws.com".formatted(TestBed.REGION))
                .containsEntry("SMTP_PORT", "587")
                .containsEntry("SMTP_USERNAME", keys().getFirst())
                .containsEntry("SMTP_FROM", "noreply@shop.example.com")
                .containsKey("SMTP_PASSWORD"));
    var secret = shop.secret("-credentials").get(KEY + ".secret");
    var password = shop.secret("-outputs").get("SMTP_PASSWORD");
    assertThat(shop.status().toString() + shop.events()).doesNotContain(secret, password);
    assertThat(bed.operator().log()).content().doesNotContain(secret, password);
  }

  @Test
  void status_has_the_records_to_set_until_the_domain_is_verified() {
    shop.until(
        SOON,
        it -> {
          assertThat(it.status().recordsToSet())
              .hasSize(3)
              .extracting(RecordToSetStatus::name)
              .allMatch(name -> name.endsWith("._domainkey.shop.example.com"));
          assertThat(email().verified()).isFalse();
          assertThat(email().sandbox()).isTrue();
        });
    aws.verified("shop.example.com");
    shop.refresh();
    shop.until(
        SOON,
        it -> {
          assertThat(it.status().recordsToSet()).isNull();
          assertThat(email().verified()).isTrue();
        });
  }

  @Test
  void another_address_is_another_identity() {
    shop.change("{email: {from: shop@mail.example.com}}");
    shop.until(
        SOON,
        it -> {
          assertThat(it.id("email.identity")).isEqualTo("mail.example.com");
          assertThat(aws.inventory().ids()).doesNotContain("shop.example.com");
        });
    shop.untilInfrastructureReady();
    shop.change("{email: {from: noreply@shop.example.com}}");
    shop.until(SOON, it -> assertThat(it.id("email.identity")).isEqualTo("shop.example.com"));
    shop.untilInfrastructureReady();
  }
}
