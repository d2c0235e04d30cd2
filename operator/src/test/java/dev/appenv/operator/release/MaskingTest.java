package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connect postgres://app:hunter2@db/app | connect postgres://***@db/app",
        "DB_PASSWORD=hunter2 PORT=5 | DB_PASSWORD=*** PORT=5",
        "{\"token\": \"abc.def\", \"n\": 1} | {\"token\": \"***\", \"n\": 1}",
        "Authorization: Bearer eyJhbGciOi | Authorization: Bearer ***",
        "key AKIAABCDEFGHIJKLMNOP used | key *** used",
        "known s3cret! here | known *** here",
        "no space left on device | no space left on device",
      })
  void secrets_are_taken_out(String line, String masked) {
    var masking =
        new Masking(
            new RegistryCredentials(List.of(new RegistryCredentials.Login("r", "u", "s3cret!"))),
            Set.of());

    assertThat(masking.mask(line)).isEqualTo(masked);
  }
}
