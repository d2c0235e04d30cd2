package dev.appenv.operator.aws.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.EmailSpec;
import dev.appenv.operator.plan.RecordToSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderTest {
  private static Sender sender(EmailSpec.@Nullable Identity kind) {
    return Sender.of(new EmailSpec("noreply@shop.example.com", kind));
  }

  @Test
  void sends_from_its_domain_unless_told_otherwise() {
    assertThat(sender(null).identities()).containsExactly("shop.example.com");
    assertThat(sender(EmailSpec.Identity.Address).identities())
        .containsExactly("noreply@shop.example.com");
  }

  @Test
  void an_existing_identity_may_be_that_of_any_domain_above_but_the_top() {
    var sender = sender(EmailSpec.Identity.Existing);
    assertThat(sender.ownIdentity()).isNull();
    assertThat(sender.identities())
        .containsExactly("noreply@shop.example.com", "shop.example.com", "example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, t1.dkim.amazonses.com",
    "eu-south-1, t1.dkim.eu-south-1.amazonses.com",
  })
  void the_records_of_a_domain_lead_to_the_zone_of_the_region(String region, String value) {
    var domain = new Verification("example.com", true, false, false, List.of("t1"));
    assertThat(Dkim.records(region, domain))
        .singleElement()
        .extracting(RecordToSet::name, RecordToSet::value)
        .containsExactly("t1._domainkey.example.com", value);
  }
}
