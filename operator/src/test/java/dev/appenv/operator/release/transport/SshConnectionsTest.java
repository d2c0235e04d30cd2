package dev.appenv.operator.release.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.release.MachineKeys;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConnectionsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final MachineKeys KEYS = MachineKeys.generate();
  private static final MachineKeys OTHERS = MachineKeys.generate();

  @TempDir Path folder;
  private LocalSshServer server;
  private final SshConnections connections =
      new SshConnections(new SshTimeouts(SOON, SOON, Duration.ofMinutes(1), SOON));

  @BeforeEach
  void start() throws Exception {
    server = new LocalSshServer(KEYS.host(), KEYS.client(), folder.resolve("bin"));
  }

  @AfterEach
  void stop() throws Exception {
    connections.close();
    server.close();
  }

  private SshTarget target() {
    return new SshTarget(
        "vm",
        "127.0.0.1",
        server.port(),
        "ubuntu",
        KEYS.host().publicKey(),
        KEYS.client().privateKey());
  }

  private RemoteShell shell() {
    Connection connection = connections.connect(target());
    assertThat(connection).isInstanceOf(Connection.Connected.class);
    return ((Connection.Connected) connection).shell();
  }

  @Test
  void a_command_gets_its_input_and_its_outputs_and_exit_code_come_back() {
    ShellResult result = shell().run("cat; echo oops >&2; exit 3", "hällo 'you'", SOON);

    assertThat(result).isEqualTo(new ShellResult.Exited(3, "hällo 'you'", "oops\n"));
  }

  @Test
  void a_large_input_arrives_whole() {
    String large = "0123456789abcdef".repeat(1 << 16);

    assertThat(shell().run("wc -c", large, SOON))
        .isInstanceOfSatisfying(
            ShellResult.Exited.class,
            exited -> assertThat(exited.stdout().strip()).isEqualTo("1048576"));
  }

  @Test
  void a_file_is_put_whole_with_its_mode_and_nothing_else_is_left() throws Exception {
    Path file = folder.resolve("it's a file");

    ShellResult result =
        shell().put(file.toString(), "text\n".getBytes(StandardCharsets.UTF_8), "0600", SOON);

    assertThat(result).isEqualTo(new ShellResult.Exited(0, "", ""));
    assertThat(file).hasContent("text\n");
    assertThat(
            java.nio.file.attribute.PosixFilePermissions.toString(
                Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("it's a file.part")).doesNotExist();
  }

  @Test
  void a_connection_is_used_again() {
    for (int i = 0; i < 3; i++) {
      assertThat(shell().run("true", SOON)).isEqualTo(new ShellResult.Exited(0, "", ""));
    }

    assertThat(server.sessions()).isEqualTo(1);
  }

  @Test
  void a_connection_that_was_closed_is_made_anew() {
    assertThat(shell().run("true", SOON)).isInstanceOf(ShellResult.Exited.class);
    server.dropAll();

    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(shell().run("true", SOON)).isInstanceOf(ShellResult.Exited.class));
    assertThat(server.sessions()).isEqualTo(2);
  }

  @Test
  void a_machine_that_has_moved_is_connected_to_anew() throws Exception {
    assertThat(shell().run("true", SOON)).isInstanceOf(ShellResult.Exited.class);
    try (var moved = new LocalSshServer(KEYS.host(), KEYS.client(), folder.resolve("bin2"))) {
      SshTarget target = target();
      Connection connection =
          connections.connect(
              new SshTarget(
                  target.machine(),
                  target.host(),
                  moved.port(),
                  target.user(),
                  target.hostKey(),
                  target.privateKey()));

      assertThat(connection).isInstanceOf(Connection.Connected.class);
      assertThat(moved.sessions()).isEqualTo(1);
    }
  }

  @Test
  void another_host_key_is_refused_before_anything_is_sent() {
    SshTarget target = target();

    assertThat(
            connections.connect(
                new SshTarget(
                    "vm",
                    target.host(),
                    target.port(),
                    "ubuntu",
                    OTHERS.host().publicKey(),
                    target.privateKey())))
        .isInstanceOfSatisfying(
            Connection.HostKeyChanged.class,
            changed -> assertThat(changed.message()).contains("another host key"));
  }

  @Test
  void a_key_that_the_machine_does_not_know_is_an_authentication_failure() {
    SshTarget target = target();

    assertThat(
            connections.connect(
                new SshTarget(
                    "vm",
                    target.host(),
                    target.port(),
                    "ubuntu",
                    target.hostKey(),
                    OTHERS.client().privateKey())))
        .isInstanceOf(Connection.AuthenticationFailed.class);
  }

  @Test
  void keys_that_cannot_be_read_are_told_without_quoting_them() {
    SshTarget target = target();

    assertThat(
            connections.connect(
                new SshTarget(
                    "vm", target.host(), target.port(), "ubuntu", target.hostKey(), "s3cret")))
        .isInstanceOfSatisfying(
            Connection.AuthenticationFailed.class,
            failed -> assertThat(failed.message()).doesNotContain("s3cret"));
  }

  @Test
  void a_port_where_nothing_listens_is_refused() throws Exception {
    int port = server.port();
    server.close();
    assertThat(
            connections.connect(
                new SshTarget(
                    "vm",
                    "127.0.0.1",
                    port,
                    "ubuntu",
                    KEYS.host().publicKey(),
                    KEYS.client().privateKey())))
        .isInstanceOfSatisfying(
            Connection.Refused.class,
            refused -> assertThat(refused.message()).contains("nothing listens"));
  }

  @Test
  void a_hung_machine_that_accepts_tcp_and_says_nothing_times_out() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var impatient =
            new SshConnections(
                new SshTimeouts(SOON, Duration.ofMillis(300), Duration.ofMinutes(1), SOON))) {
      Connection connection =
          impatient.connect(
              new SshTarget(
                  "vm",
                  "127.0.0.1",
                  silent.getLocalPort(),
                  "ubuntu",
                  KEYS.host().publicKey(),
                  KEYS.client().privateKey()));

      assertThat(connection)
          .isInstanceOfSatisfying(
              Connection.TimedOut.class,
              timedOut -> assertThat(timedOut.message()).contains("did not answer within 300 ms"));
    }
  }

  @Test
  void a_command_that_outlives_its_time_is_given_up() {
    RemoteShell shell = shell();

    assertThat(shell.run("exec sleep 60", Duration.ofMillis(300)))
        .isInstanceOf(ShellResult.TimedOut.class);
    assertThat(shell().run("echo still here", SOON))
        .isEqualTo(new ShellResult.Exited(0, "still here\n", ""));
  }

  @Test
  void an_interrupt_ends_a_command_and_is_kept() throws Exception {
    RemoteShell shell = shell();
    Path started = folder.resolve("started");
    var kept = new CompletableFuture<Boolean>();
    var result = new CompletableFuture<ShellResult>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              result.complete(shell.run("touch " + started + "; exec sleep 60", SOON));
              kept.complete(Thread.currentThread().isInterrupted());
            });
    Awaitility.await().atMost(SOON).until(() -> Files.exists(started));

    thread.interrupt();

    assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(new ShellResult.Interrupted());
    assertThat(kept.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_connection_that_breaks_during_a_command_is_lost() throws Exception {
    RemoteShell shell = shell();
    Path started = folder.resolve("started");
    var result =
        CompletableFuture.supplyAsync(
            () -> shell.run("touch " + started + "; exec sleep 60", SOON));
    Awaitility.await().atMost(SOON).until(() -> Files.exists(started));

    server.dropAll();

    assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(ShellResult.Lost.class);
  }
}
