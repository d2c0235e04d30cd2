package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.release.RegistryCredentials.Login;
import dev.appenv.operator.release.RegistryCredentials.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryCredentialsTest {

  @Test
  void both_forms_of_an_entry_are_read() {
    assertThat(
            RegistryCredentials.parse(
                """
                {"auths": {
                  "registry.test:5000": {"username": "puller", "password": "s3cret"},
                  "https://index.docker.io/v1/": {"auth": "YW5uOnA6dw=="}}}
                """))
        .isEqualTo(
            new Parsed.Valid(
                new RegistryCredentials(
                    List.of(
                        new Login("registry.test:5000", "puller", "s3cret"),
                        new Login("https://index.docker.io/v1/", "ann", "p:w")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret",
        "{}",
        "",
        "{\"auths\": {\"r\": {\"auth\": \"s3cret!\"}}}",
        "{\"auths\": {\"r\": {\"auth\": \"czNjcmV0\"}}}",
        "{\"auths\": {\"r\": {\"username\": \"u\"}}}",
        "{\"auths\": {\"r\": {\"username\": \"--help\", \"password\": \"s3cret\"}}}",
        "{\"auths\": {\"-r\": {\"username\": \"u\", \"password\": \"s3cret\"}}}"
      })
  void what_cannot_be_used_is_told_without_quoting_it(String text) {
    assertThat(RegistryCredentials.parse(text))
        .isInstanceOfSatisfying(
            Parsed.Invalid.class,
            invalid -> assertThat(invalid.message()).contains("kubectl").doesNotContain("s3cret"));
  }

  @Test
  void credentials_print_no_password() {
    assertThat(new RegistryCredentials(List.of(new Login("r", "u", "s3cret"))).toString())
        .doesNotContain("s3cret");
  }
}
