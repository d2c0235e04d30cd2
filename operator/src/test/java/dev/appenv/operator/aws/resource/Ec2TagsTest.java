package dev.appenv.operator.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Tag;

class Ec2TagsTest {
  @Test
  void tags_are_removed_by_key_alone() {
    assertThat(Ec2Tags.keys(Map.of("a", "b"))).containsExactly(Tag.builder().key("a").build());
  }

  @Test
  void what_is_written_is_what_is_read() {
    var tags = Map.of("a", "b", "c", "");
    assertThat(Ec2Tags.map(Ec2Tags.list(tags))).isEqualTo(tags);
  }
}
