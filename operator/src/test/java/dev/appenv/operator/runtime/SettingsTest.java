package dev.appenv.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void nothing_needs_to_be_set() {
    var settings = Settings.from(Map.of("PATH", "/bin"));
    assertThat(settings.clusterId()).isNull();
    assertThat(settings.httpPort()).isEqualTo(8080);
    assertThat(settings.awsShare()).isEqualTo(0.5);
    assertThat(settings.smtpHost()).isEqualTo("email-smtp.REGION.amazonaws.com");
  }

  @Test
  void what_is_set_is_taken() {
    var settings =
        Settings.from(
            Map.of(
                "APPENV_CLUSTER_ID", "blue",
                "APPENV_SWEEP_INTERVAL", "PT1M",
                "APPENV_AWS_SHARE", "2",
                "APPENV_SMTP_HOST", "smtp.example.com",
                "APPENV_LOG_FORMAT", "json"));
    assertThat(settings.clusterId()).isEqualTo("blue");
    assertThat(settings.sweepInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.awsShare()).isEqualTo(2);
    assertThat(settings.smtpHost()).isEqualTo("smtp.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "APPENV_HTTP_PORT, eighty, 'APPENV_HTTP_PORT is eighty; it must be a port number'",
    "APPENV_SWEEP_INTERVAL, 10s, 'APPENV_SWEEP_INTERVAL is 10s; it must be an ISO 8601 duration such as PT10S'",
    "APPENV_AWS_SHARE, 0, 'APPENV_AWS_SHARE is 0; it must be a number above 0 and up to 100'",
    "APPENV_AWS_SHARE, half, 'APPENV_AWS_SHARE is half; it must be a number above 0 and up to 100'",
    "APPENV_SMTP_HOST, https://smtp, 'APPENV_SMTP_HOST is https://smtp; it must be the name of a host; REGION in it stands for the region'",
    "APPENV_SWEEP, PT1S, 'unknown settings: APPENV_SWEEP; see README.md for those there are'"
  })
  void what_cannot_be_is_refused_with_its_name(String name, String value, String message) {
    assertThatThrownBy(() -> Settings.from(Map.of(name, value))).hasMessage(message);
  }
}
