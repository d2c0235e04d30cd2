package dev.appenv.e2e.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search that the test of secrets relies on finds what is there. */
class CanariesTest {
  private static final String SECRET = "b1rd/in+a=cage";
  private static final Canaries CANARIES = new Canaries().add("the bird", SECRET);

  @Test
  void a_secret_is_found_as_it_is() {
    assertThat(CANARIES.in("{\"message\": \"cannot open %s\"}".formatted(SECRET)))
        .containsExactly("the bird");
  }

  @Test
  void a_secret_is_found_in_a_url() {
    assertThat(CANARIES.in("postgresql://app:b1rd%2Fin%2Ba%3Dcage@host/app")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
  void a_secret_is_found_in_base64_whatever_is_around_it(String before) {
    for (var after : new String[] {"", "z", "yz", "xyz"}) {
      var whole = (before + SECRET + after).getBytes(StandardCharsets.UTF_8);
      var text = "auth: " + Base64.getEncoder().encodeToString(whole);
      assertThat(CANARIES.in(text)).as(text).containsExactly("the bird");
    }
  }

  @Test
  void a_key_is_found_by_one_of_its_lines() {
    var key = "-----BEGIN KEY-----\nsame-in-every-key\nonly-in-this-one!\n-----END-----\n";
    var canaries = new Canaries().add("key", "x".repeat(30) + "\n" + "y".repeat(30) + "\nshort\n");
    assertThat(canaries.in("y".repeat(30))).hasSize(1);
    assertThat(canaries.in("x".repeat(30))).isEmpty();
    assertThat(canaries.in(key)).isEmpty();
  }

  @Test
  void what_is_not_there_is_not_found() {
    assertThat(CANARIES.in("b1rd/in+a=cag b1rd/in")).isEmpty();
  }

  @Test
  void what_would_be_found_by_chance_is_not_taken() {
    assertThatThrownBy(() -> new Canaries().add("short", "abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("short");
  }
}
