package dev.appenv.e2e.api;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A real etcd and kube-apiserver with RBAC, on loopback, with the chart's custom resource
 * definitions. No controllers and no nodes: what is created stays as it was written.
 */
public final class ApiServer implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final Config config;
  private final KubernetesClient client;
  private final Thread atExit = new Thread(this::endProcesses);

  private ApiServer(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    // Else what was started outlives a run that is interrupted.
    Runtime.getRuntime().addShutdownHook(atExit);
    var token = HexFormat.of().formatHex(SecureRandom.getSeed(16));
    Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
    Files.writeString(folder.resolve("service-accounts.key"), signingKey());
    var port = freePort();
    startEtcd();
    startApiServer(port);
    var certificate = folder.resolve("certificates/apiserver.crt");
    await("a certificate").atMost(READY_WITHIN).until(() -> running() && Files.exists(certificate));
    this.config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:" + port)
            .withOauthToken(token)
            .withCaCertFile(certificate.toString())
            .withRequestRetryBackoffLimit(0)
            .build();
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    writeKubeconfig(port, token, certificate);
    await("an answer from /readyz")
        .atMost(READY_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> running() && ready());
    installDefinitions();
  }

  /** Takes about four seconds; its logs are in the message when it fails. */
  static ApiServer start() {
    try {
      var folder = Files.createTempDirectory("appenv-api");
      try {
        return new ApiServer(folder);
      } catch (RuntimeException e) {
        throw new IllegalStateException(e.getMessage() + "\n" + logs(folder), e);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a program is that was built or fetched once for all tests. */
  static Path program(String name) {
    var cache =
        Stream.of("APPENV_CACHE", "XDG_CACHE_HOME")
            .filter(v -> System.getenv(v) != null)
            .findFirst()
            .map(v -> Path.of(System.getenv(v), v.equals("APPENV_CACHE") ? "" : "appenv-lab"))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache/appenv-lab"));
    var program = cache.resolve("bin").resolve(name);
    if (!Files.isExecutable(program))
      throw new IllegalStateException(program + " is missing; e2e-tests/bed/bed makes it");
    return program;
  }

  /** As an administrator. */
  public KubernetesClient client() {
    return client;
  }

  /** As another user, by impersonation or another token. */
  public KubernetesClient client(UnaryOperator<ConfigBuilder> user) {
    return new KubernetesClientBuilder()
        .withConfig(user.apply(new ConfigBuilder(config)).build())
        .build();
  }

  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** A namespace of one's own. */
  String newNamespace() {
    return client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withGenerateName("t-").endMetadata().build())
        .create()
        .getMetadata()
        .getName();
  }

  Command kubectl(String... arguments) {
    return Command.start(environment(), program("kubectl"), arguments);
  }

  Command helm(String... arguments) {
    return Command.start(environment(), program("helm"), arguments);
  }

  @Override
  public void close() throws IOException {
    client.close();
    endProcesses();
    Runtime.getRuntime().removeShutdownHook(atExit);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
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

  private void startApiServer(int port) throws IOException {
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

  private boolean running() {
    if (processes.stream().allMatch(Process::isAlive)) return true;
    throw new IllegalStateException("a part of the control plane ended");
  }

  private boolean ready() {
    try {
      return Objects.equals(client.raw("/readyz"), "ok");
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private void installDefinitions() {
    kubectl("apply", "--server-side", "-f", Repository.file("helm/appenv/crds").toString())
        .succeeds();
    kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all").succeeds();
  }

  private void writeKubeconfig(int port, String token, Path certificate) throws IOException {
    Files.writeString(
        kubeconfig(),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: api, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
        users: [{name: admin, user: {token: "%s"}}]
        contexts: [{name: api, context: {cluster: api, user: admin}}]
        current-context: api
        """
            .formatted(port, certificate, token));
  }

  /** The caches of both clients stay in our folder. */
  private Map<String, String> environment() {
    return Map.of(
        "KUBECONFIG", kubeconfig().toString(),
        "KUBECACHEDIR", folder.resolve("kubectl").toString(),
        "HELM_CACHE_HOME", folder.resolve("helm/cache").toString(),
        "HELM_CONFIG_HOME", folder.resolve("helm/config").toString(),
        "HELM_DATA_HOME", folder.resolve("helm/data").toString());
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

  private static String logs(Path folder) throws IOException {
    var text = new StringBuilder();
    for (var program : List.of("etcd", "kube-apiserver")) {
      var log = folder.resolve(program + ".log");
      if (!Files.exists(log)) continue;
      var lines = Files.readAllLines(log);
      text.append(program).append(":\n");
      lines
          .subList(Math.max(0, lines.size() - 8), lines.size())
          .forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }
}
