package dev.appenv.operator.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.git.GitResult.Failed;
import dev.appenv.operator.git.GitResult.Found;
import dev.appenv.operator.git.GitResult.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Map;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitOverSshTest {
  private static final KeyPair CLIENT = keyPair();
  private static final KeyPair HOST = keyPair();
  private static final KeyPair OTHER = keyPair();

  @TempDir Path folder;
  private final SampleRepository sample = new SampleRepository();
  private LocalGitSshServer server;
  private GitRepositories git;

  @BeforeEach
  void start() throws IOException {
    server = new LocalGitSshServer(sample.repository, HOST, CLIENT.getPublic());
    git = new GitRepositories(GitSettings.in(folder));
  }

  @AfterEach
  void stop() throws IOException {
    git.close();
    server.close();
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String privateKey(KeyPair keys) {
    var out = new ByteArrayOutputStream();
    try {
      new OpenSSHKeyPairResourceWriter().writePrivateKey(keys, "test", null, out);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private GitRepository repository(String privateKey, String knownHosts) {
    return new GitRepository(server.url(), new GitAccess.SshKey(privateKey, knownHosts));
  }

  @Test
  void tips_and_files_are_read() throws IOException {
    String commit = sample.commit("main", Map.of("docker-compose.yml", "services: {}\n"));
    GitRepository shop = repository(privateKey(CLIENT), server.knownHosts());

    assertThat(git.tip(shop, "main", Duration.ZERO)).isEqualTo(new Found<>(commit));
    assertThat(git.file(shop, commit, "docker-compose.yml"))
        .isEqualTo(new Found<>("services: {}\n"));
  }

  @Test
  void another_host_key_than_the_known_one_is_refused() throws IOException {
    assertReason(
        repository(privateKey(CLIENT), server.knownHosts(OTHER.getPublic())),
        Reason.HOST_KEY_MISMATCH);
  }

  @Test
  void a_host_that_is_not_known_is_not_trusted_at_first_sight() {
    assertReason(repository(privateKey(CLIENT), ""), Reason.HOST_KEY_MISMATCH);
    assertReason(
        repository(privateKey(CLIENT), "git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE\n"),
        Reason.HOST_KEY_MISMATCH);
  }

  @Test
  void a_revoked_key_is_refused() throws IOException {
    assertReason(
        repository(privateKey(CLIENT), server.knownHosts() + "@revoked " + server.knownHosts()),
        Reason.HOST_KEY_MISMATCH);
  }

  @Test
  void a_key_that_the_server_does_not_take_is_denied() throws IOException {
    assertReason(repository(privateKey(OTHER), server.knownHosts()), Reason.DENIED);
  }

  @Test
  void a_key_that_cannot_be_read_is_denied_and_not_quoted() throws IOException {
    assertThat(git.tip(repository("s3cret", server.knownHosts()), "main", Duration.ZERO))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo(Reason.DENIED);
              assertThat(failed.message()).contains("unencrypted").doesNotContain("s3cret");
            });
  }

  private void assertReason(GitRepository repository, Reason reason) {
    assertThat(git.tip(repository, "main", Duration.ZERO))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.reason()).as(failed.message()).isEqualTo(reason));
  }
}
