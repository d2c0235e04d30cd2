package dev.appenv.operator.aws.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.20.0.0/16, 10.20.0.0/16",
    "10.20.7.9/16, 10.20.0.0/16",
    "203.0.113.77/32, 203.0.113.77/32",
    "203.0.113.77/31, 203.0.113.76/31",
    "255.255.255.255/1, 128.0.0.0/1",
    "1.2.3.4/0, 0.0.0.0/0",
  })
  void equal_blocks_have_one_text(String text, String canonical) {
    assertThat(Cidr.parse(text).text()).isEqualTo(canonical);
    assertThat(Cidr.parse(text)).isEqualTo(Cidr.parse(canonical));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.20.0.0/16 | 10.20.0.0/18,10.20.64.0/18,10.20.128.0/18,10.20.192.0/18",
        "192.168.255.0/24 | 192.168.255.0/26,192.168.255.64/26,192.168.255.128/26,192.168.255.192/26",
        "0.0.0.0/0 | 0.0.0.0/2,64.0.0.0/2,128.0.0.0/2,192.0.0.0/2",
      })
  void four_quarters_fill_a_block(String whole, String quarters) {
    assertThat(Cidr.parse(whole).quarters().stream().map(Cidr::text))
        .containsExactly(quarters.split(","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0/8", "10.0.0.0/33", "a.b.c.d/8", "::/0", ""})
  void what_is_no_block_is_refused(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
