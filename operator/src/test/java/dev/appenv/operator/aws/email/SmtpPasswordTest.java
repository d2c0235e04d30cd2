package dev.appenv.operator.aws.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpPasswordTest {
  /**
   * Computed with the Python example of "Obtaining Amazon SES SMTP credentials" from the secret key
   * that AWS's documentation uses in its examples.
   */
  @ParameterizedTest
  @CsvSource({
    "us-east-1, BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9",
    "eu-central-1, BF0/eIJm0ruTHsSjOkRuOGzGF+zeSyE3aiRzrzUQ8LwG",
  })
  void is_derived_as_aws_documents_it_for_each_region(String region, String password) {
    assertThat(SmtpPassword.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", region))
        .isEqualTo(password);
  }
}
