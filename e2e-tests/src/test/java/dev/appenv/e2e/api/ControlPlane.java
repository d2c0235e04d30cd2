package dev.appenv.e2e.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes etcd and kube-apiserver, and the folder where all they write is. */
final class ControlPlane implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final String token = HexFormat.of().formatHex(SecureRandom.getSeed(16));
  private final List<Process> processes = new ArrayList<>();
  private final Thread atExit = new Thread(this::endProcesses);

  ControlPlane() {
    try {
      folder = Files.createTempDirectory("appenv-api");
      port = freePort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Else what was started outlives a run that is interrupted.
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Where a program is that was built or fetched once for all tests. */
  static Path program(String name) {
    var program = cache().resolve("bin").resolve(name);
    if (!Files.isExecutable(program))
      throw new IllegalStateException(program + " is missing; e2e-tests/bed/bed build makes it");
    return program;
  }

  void start() {
    try {
      Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
      Files.writeString(folder.resolve("service-accounts.key"), signingKey());
      startEtcd();
      startApiServer();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "https://127.0.0.1:" + port;
  }

  /** Of an administrator. */
  String token() {
    return token;
  }

  /** The server makes it for itself at the start. */
  Path certificate() {
    return folder.resolve("certificates/apiserver.crt");
  }

  Path folder() {
    return folder;
  }

  boolean running() {
    if (processes.stream().allMatch(Process::isAlive)) return true;
    throw new IllegalStateException("a part of the control plane ended");
  }

  /** The last lines of both programs. */
  String logs() {
    var text = new StringBuilder();
    for (var program : List.of("etcd", "kube-apiserver")) {
      var log = folder.resolve(program + ".log");
      if (!Files.exists(log)) continue;
      text.append('\n').append(program).append(':');
      lastLines(log).forEach(line -> text.append("\n  ").append(line));
    }
    return text.toString();
  }

  @Override
  public void close() {
    endProcesses();
    Runtime.getRuntime().removeShutdownHook(atExit);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startEtcd() throws IOException {
    // A socket in the folder instead of a port: nothing to clash with.
    start(
        "etcd",
        "--name=api",
        "--data-dir=data",
        "--unsafe-no-fsync",
        "--log-level=warn",
        "--listen-client-urls=unix://etcd.sock:0",
        "--advertise-client-urls=unix://etcd.sock:0",
        "--listen-peer-urls=unix://peer.sock:0",
        "--initial-advertise-peer-urls=unix://peer.sock:0",
        "--initial-cluster=api=unix://peer.sock:0");
  }

  private void startApiServer() throws IOException {
    start(
        "kube-apiserver",
        "--etcd-servers=unix://etcd.sock:0",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + port,
        "--cert-dir=certificates",
        "--token-auth-file=tokens.csv",
        "--authorization-mode=RBAC",
        "--endpoint-reconciler-type=none",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-signing-key-file=service-accounts.key",
        "--service-account-key-file=service-accounts.key",
        // There are no controllers to make the service account that a pod would need.
        "--disable-admission-plugins=ServiceAccount");
  }

  private void start(String program, String... arguments) throws IOException {
    processes.add(
        new ProcessBuilder(
                Stream.concat(Stream.of(program(program).toString()), Stream.of(arguments))
                    .toList())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(program + ".log").toFile())
            .start());
  }

  private void endProcesses() {
    for (var process : processes.reversed()) {
      process.destroyForcibly();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Path cache() {
    var ours = System.getenv("BED_CACHE");
    if (ours != null) return Path.of(ours);
    var users = System.getenv("XDG_CACHE_HOME");
    var caches =
        users == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(users);
    return caches.resolve("appenv-lab");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String signingKey() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var key = generator.generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static List<String> lastLines(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return lines.subList(Math.max(0, lines.size() - 8), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
