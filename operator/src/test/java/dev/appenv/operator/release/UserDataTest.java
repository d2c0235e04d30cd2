package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class UserDataTest {
  private static final MachineKeys KEYS =
      new MachineKeys(
          new SshKeyPair("PRIVATE CLIENT KEY", "ssh-ed25519 AAAAclient appenv"),
          new SshKeyPair(
              "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\nBBBB\n-----END OPENSSH PRIVATE KEY-----\n",
              "ssh-ed25519 AAAAhost appenv-machine"));
  private static final TreeMap<String, String> AUTHORITIES =
      new TreeMap<>(
          Map.of(
              "registry.test:5000",
              "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n"));

  @Test
  void user_data_is_as_in_the_golden_file() throws IOException {
    try (InputStream golden =
        Objects.requireNonNull(UserDataTest.class.getResourceAsStream("user-data.yml"))) {
      assertThat(UserData.render(KEYS, AUTHORITIES))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void the_clients_private_key_stays_at_home() {
    assertThat(UserData.render(KEYS, AUTHORITIES)).doesNotContain("PRIVATE CLIENT KEY");
  }

  @Test
  void it_is_yaml_with_real_keys_and_far_below_the_limit_of_ec2() {
    MachineKeys keys = MachineKeys.generate();
    String data = UserData.render(keys, AUTHORITIES);

    var root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(data);

    assertThat(((Map<?, ?>) Objects.requireNonNull(root.get("ssh_keys"))).get("ed25519_private"))
        .isEqualTo(keys.host().privateKey());
    assertThat(root.get("ssh_pwauth")).isEqualTo(false);
    assertThat(root.get("disable_root")).isEqualTo(true);
    assertThat(data.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8 << 10);
  }

  @Test
  void a_registry_that_is_no_host_name_is_a_bug() {
    assertThatThrownBy(
            () -> UserData.render(KEYS, new TreeMap<>(Map.of("../../etc", "certificate"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keys_print_no_private_part() {
    assertThat(MachineKeys.generate().toString()).doesNotContain("PRIVATE").contains("ssh-ed25519");
  }

  /** OpenSSH must agree that the private key belongs to the public one. */
  @Test
  void openssh_reads_the_keys(@TempDir Path folder) throws Exception {
    MachineKeys keys = MachineKeys.generate();
    Path file = folder.resolve("key");
    Files.writeString(file, keys.client().privateKey());
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Process process = new ProcessBuilder("ssh-keygen", "-y", "-f", file.toString()).start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
        .isEqualTo(keys.client().publicKey());
  }
}
