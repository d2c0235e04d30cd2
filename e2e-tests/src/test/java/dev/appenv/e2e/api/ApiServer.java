package dev.appenv.e2e.api;

import static org.awaitility.Awaitility.await;

import dev.appenv.e2e.project.Repository;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A real API server with RBAC, on loopback, with the chart's custom resource definitions. No
 * controllers and no nodes: what is created stays as it was written.
 */
public final class ApiServer implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);

  private final ControlPlane plane;
  private final Config config;
  private final KubernetesClient client;

  private ApiServer(ControlPlane plane) {
    this.plane = plane;
    this.config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(plane.url())
            .withOauthToken(plane.token())
            .withCaCertFile(plane.certificate().toString())
            .withRequestRetryBackoffLimit(0)
            .build();
    this.client = new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Takes about four seconds; the message has the logs when it fails. */
  static ApiServer start() {
    var plane = new ControlPlane();
    try {
      plane.start();
      await("the server's certificate")
          .atMost(READY_WITHIN)
          .until(() -> plane.running() && Files.exists(plane.certificate()));
      var server = new ApiServer(plane);
      await("an answer from /readyz")
          .atMost(READY_WITHIN)
          .until(() -> plane.running() && server.ready());
      server.writeKubeconfig();
      server.installDefinitions();
      return server;
    } catch (RuntimeException | AssertionError e) {
      var logs = plane.logs();
      plane.close();
      throw new IllegalStateException(e.getMessage() + logs, e);
    }
  }

  /** As an administrator. */
  public KubernetesClient client() {
    return client;
  }

  /** As another user. */
  public KubernetesClient client(UnaryOperator<ConfigBuilder> user) {
    return new KubernetesClientBuilder()
        .withConfig(user.apply(new ConfigBuilder(config)).build())
        .build();
  }

  public Path kubeconfig() {
    return plane.folder().resolve("kubeconfig");
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
    return Command.start(environment(), ControlPlane.program("kubectl"), arguments);
  }

  Command helm(String... arguments) {
    return Command.start(environment(), ControlPlane.program("helm"), arguments);
  }

  @Override
  public void close() {
    client.close();
    plane.close();
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

  private void writeKubeconfig() {
    try {
      Files.writeString(
          kubeconfig(),
          """
          apiVersion: v1
          kind: Config
          clusters: [{name: api, cluster: {server: "%s", certificate-authority: "%s"}}]
          users: [{name: admin, user: {token: "%s"}}]
          contexts: [{name: api, context: {cluster: api, user: admin}}]
          current-context: api
          """
              .formatted(plane.url(), plane.certificate(), plane.token()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The caches of both clients stay in our folder. */
  private Map<String, String> environment() {
    var folder = plane.folder();
    return Map.of(
        "KUBECONFIG", kubeconfig().toString(),
        "KUBECACHEDIR", folder.resolve("kubectl").toString(),
        "HELM_CACHE_HOME", folder.resolve("helm/cache").toString(),
        "HELM_CONFIG_HOME", folder.resolve("helm/config").toString(),
        "HELM_DATA_HOME", folder.resolve("helm/data").toString());
  }
}
