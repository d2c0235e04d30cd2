package dev.appenv.operator.aws.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.FieldKind;
import dev.appenv.operator.plan.LogicalName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeValuesTest {
  private static List<Difference> keys(String desired, String live) {
    return new KeyPairType()
        .facts()
        .fields()
        .compare(
            new KeyPairType.Desired("k", desired, Map.of()),
            new KeyPairType.LiveKeyPair("key-1", "k", live, Map.of()),
            name -> null,
            Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "t3.small, amd64",
    "t3a.micro, amd64",
    "m7i-flex.large, amd64",
    "g5.xlarge, amd64",
    "t4g.small, arm64",
    "m7gd.medium, arm64",
    "c6gn.large, arm64",
    "a1.medium, arm64",
    "x2gd.medium, arm64",
    "g5g.xlarge, arm64",
    "r8g.large, arm64",
    "im4gn.large, arm64",
  })
  void the_image_is_for_the_architecture_of_the_instance_type(String type, String architecture) {
    assertThat(MachineImages.architecture(type)).isEqualTo(architecture);
  }

  @Test
  void a_comment_makes_no_other_key() {
    assertThat(keys("ssh-ed25519 AAAA ours", "ssh-ed25519 AAAA appenv-uid\n")).isEmpty();
    assertThat(keys("ssh-ed25519 AAAA", "ssh-ed25519 AAAA appenv-uid")).isEmpty();
  }

  @Test
  void another_key_is_a_difference_in_a_field_that_cannot_be_changed() {
    assertThat(keys("ssh-ed25519 AAAA x", "ssh-ed25519 BBBB x"))
        .extracting(Difference::field, Difference::kind)
        .containsExactly(tuple("publicKey", FieldKind.IMMUTABLE));
  }

  @Test
  void a_desired_machine_does_not_show_its_user_data() {
    var desired =
        new InstanceType.Desired(
            "ami-1",
            "t3.small",
            "k",
            LogicalName.of("network.publicSubnetA"),
            LogicalName.of("network.machineSecurityGroup"),
            20,
            "c2VjcmV0",
            null,
            Map.of());
    assertThat(desired.toString()).doesNotContain("c2VjcmV0");
  }
}
