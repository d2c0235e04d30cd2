package dev.appenv.e2e.bed;

import static org.awaitility.Awaitility.await;

import dev.appenv.e2e.project.Repository;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The operator's process, in the bed's network, with the rights of the chart's service account. */
public final class Operator {
  /** Of the calls that it makes, as the log of AWS has it. */
  static final String ACCESS_KEY = "AKIAAPPENVOPERATOR00";

  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  /** As much as the chart's limit gives it. */
  private static final String MEMORY = "-XX:MaxRAM=512m";

  private final Settings settings;
  private final String name;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> variables = new TreeMap<>();
  private @Nullable Process process;

  Operator(Settings settings, String name) {
    this.settings = settings;
    this.name = name;
    // The emulator shows at once what was created.
    variables.put("APPENV_CONSISTENCY", "PT3S");
  }

  /** Holds from the next start on. */
  public Operator with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** Does nothing when it runs; returns when it is ready. */
  public void start() {
    if (running()) return;
    launch();
    await("the operator to be ready; its log is " + log())
        .atMost(READY_WITHIN)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          if (!running()) throw new IllegalStateException("the operator ended; see " + log());
          return answers("/readyz");
        });
  }

  /** Returns at once. */
  public void launch() {
    var jar = Repository.file("operator/target/appenv-operator.jar");
    if (!Files.exists(jar))
      throw new IllegalStateException(jar + " is missing; mvn package -pl crds,operator makes it");
    var command = new ArrayList<String>();
    command.add(settings.get("BED_RUN"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Repository.file("operator/src/main/jib/app/jvm.options"));
    command.add(MEMORY);
    command.add("-Djavax.net.ssl.trustStore=" + trustStore());
    command.add("-Djavax.net.ssl.trustStoreType=JKS");
    command.add("-jar");
    command.add(jar.toString());
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    var environment = builder.environment();
    environment.put("KUBECONFIG", kubeconfig().toString());
    environment.put("AWS_ENDPOINT_URL", settings.get("BED_AWS_ENDPOINT"));
    environment.put("AWS_REGION", TestBed.REGION);
    environment.put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("APPENV_HTTP_PORT", settings.get("BED_HTTP_PORT"));
    environment.put("APPENV_EDGE_IMAGE", settings.get("BED_EDGE_IMAGE"));
    environment.put(
        "APPENV_GIT_CACHE", settings.path("BED_DIR").resolve(name + "-git-cache").toString());
    environment.putAll(variables);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the bed's own authority, by which its registry is known. */
  private Path trustStore() {
    var file = settings.path("BED_DIR").resolve(name + ".trust");
    try (var certificate = Files.newInputStream(settings.path("BED_CA"));
        var out = Files.newOutputStream(file)) {
      // Of this kind, for it is read without a password.
      var store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setCertificateEntry(
          "bed", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
      store.store(out, "not secret".toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@code kill -9} does it: nothing is told, nothing is finished. */
  public void kill() {
    if (process == null) return;
    process.destroyForcibly();
    gone(process);
  }

  /** As Kubernetes ends a pod. */
  public void stop() {
    if (process == null) return;
    process.destroy();
    try {
      if (!process.waitFor(35, TimeUnit.SECONDS)) kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  public void restart() {
    stop();
    start();
  }

  public boolean running() {
    return process != null && process.isAlive();
  }

  /** What can be read beside it from now on. */
  public CommandLines commandLines() {
    return new CommandLines(() -> Optional.ofNullable(process).map(Process::toHandle).stream());
  }

  /** With which it enters the API server. */
  public String kubernetesToken() {
    try (var file = Files.newInputStream(kubeconfig())) {
      var users = Serialization.unmarshal(file, Config.class).getUsers();
      return users.getFirst().getUser().getToken();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Resident memory in MiB. */
  public long residentMiB() {
    if (process == null) throw new IllegalStateException("the operator does not run");
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow()
          / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Prometheus gets. */
  public String metrics() {
    return get("/metrics");
  }

  /** It is kept from one start to the next. */
  public Path log() {
    return settings.path("BED_DIR").resolve("logs").resolve(name + ".log");
  }

  Path kubeconfig() {
    return settings.path("BED_DIR").resolve("operator.kubeconfig");
  }

  private boolean answers(String path) {
    try {
      return send(path) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private int send(String path) throws IOException {
    try {
      return http.send(request(path), BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String get(String path) {
    try {
      return http.send(request(path), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + settings.get("BED_HTTP_PORT") + path))
        .timeout(Duration.ofSeconds(5))
        .build();
  }

  private static void gone(Process process) {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
