package dev.appenv.e2e.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.e2e.project.Repository;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that surrounds the operator, real where it can be, and the operator. See {@code
 * e2e-tests/bed/README.md}. The system property {@code appenv.bed} names the folder of a bed that
 * is up already; it is used and left up.
 */
public final class TestBed implements AutoCloseable {
  /** Of everything in AWS. */
  public static final String REGION = "eu-central-1";

  /** The account of all environments that do not name another. */
  static final String ACCOUNT = "lab";

  private static final String SYSTEM = "appenv-system";
  private static final Duration UP_WITHIN = Duration.ofMinutes(10);
  private static final Duration COMMAND = Duration.ofMinutes(2);

  private final Path folder;
  private final boolean ours;
  private final Settings settings;
  private final KubernetesClient kubernetes;
  private final Aws aws;
  private final Operator operator;
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean tightened;

  private TestBed(Path folder, boolean ours) {
    this.folder = folder;
    this.ours = ours;
    this.settings = Settings.of(folder);
    this.kubernetes =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(settings.path("BED_KUBECONFIG").toFile()))
            .build();
    this.aws = new Aws(settings);
    this.operator = new Operator(settings, "operator");
  }

  /** Takes a minute. */
  public static TestBed up() {
    needRoot();
    var given = System.getProperty("appenv.bed");
    var folder = given == null ? temporaryFolder() : Path.of(given);
    var bed = new Shell(List.of(Repository.file("e2e-tests/bed/bed").toString()), Map.of());
    var up = bed.run(UP_WITHIN, "up", folder.toString());
    if (!up.succeeded()) {
      if (given == null) bed.run(COMMAND, "down", folder.toString());
      throw new IllegalStateException("the test bed did not start: " + up.output());
    }
    var it = new TestBed(folder, given == null);
    // Else what was started outlives a run that is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(it::close));
    try {
      it.install();
      it.operator.start();
      return it;
    } catch (RuntimeException | AssertionError e) {
      it.close();
      throw e;
    }
  }

  /** As an administrator. */
  public KubernetesClient kubernetes() {
    return kubernetes;
  }

  public Aws aws() {
    return aws;
  }

  public Operator operator() {
    return operator;
  }

  public Acme acme() {
    return new Acme(settings);
  }

  /** What is at a URL, asked from the bed's network. */
  public Application application(String url) {
    return new Application(inside(), acme().root(), url);
  }

  /** A second process of the same operator, not started yet; its pages cannot be reached. */
  public Operator anotherOperator() {
    return new Operator(settings, "another-operator").with("APPENV_HTTP_PORT", "0");
  }

  public Cluster cluster() {
    return new Cluster(kubernetes);
  }

  /** An environment to be described further and created, in a namespace of its own. */
  public EnvironmentBuilder environment(String name) {
    return new EnvironmentBuilder(this, name);
  }

  /** In the bed's network, where machines, Git and the registry are. */
  Shell inside() {
    return new Shell(List.of(settings.get("BED_RUN")), Map.of());
  }

  /**
   * People who use an application from now on.
   *
   * @param rate requests a second
   * @param urls asked in turn
   */
  public Load load(int rate, String... urls) {
    return Load.begin(this, rate, List.of(urls));
  }

  /** What a user has: kubectl and helm, outside of the bed's network. */
  Shell user() {
    return new Shell(
        List.of(),
        Map.of(
            "KUBECONFIG", settings.get("BED_KUBECONFIG"),
            "HELM_CACHE_HOME", folder.resolve("helm/cache").toString(),
            "HELM_CONFIG_HOME", folder.resolve("helm/config").toString(),
            "HELM_DATA_HOME", folder.resolve("helm/data").toString()));
  }

  /** Succeeds, or throws with what it said. */
  public String kubectl(String... arguments) {
    var command = new String[arguments.length + 1];
    command[0] = program("kubectl");
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return user().run(COMMAND, command).text();
  }

  /** With which the machines pull. */
  public String registryPassword() {
    return settings.get("BED_REGISTRY_PULL_PASSWORD");
  }

  /** Until what earlier tests deleted is gone, so that only one's own changes are seen. */
  public void untilDeletionsEnd() {
    await("deletions to end")
        .atMost(Environment.GONE_WITHIN)
        .untilAsserted(() ->
            assertThat(
                    kubernetes.resources(AppEnvironment.class).inAnyNamespace().list().getItems())
                .filteredOn(it -> it.getMetadata().getDeletionTimestamp() != null)
                .extracting(Environment::summary)
                .isEmpty());
  }

  /** Tightens the schema so that only these are valid; none: all are, as the chart has it. */
  @SuppressWarnings("NullAway") // the properties on the way are the chart's own
  public void allowInstanceTypes(String... types) {
    var place =
        "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/instance/properties/type/enum";
    var definition =
        kubernetes
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("appenvironments.appenv.dev");
    if (types.length > 0)
      definition.patch(
          PatchContext.of(PatchType.JSON),
          "[{\"op\": \"add\", \"path\": \"%s\", \"value\": [\"%s\"]}]"
              .formatted(place, String.join("\", \"", types)));
    else if (tightened)
      definition.patch(
          PatchContext.of(PatchType.JSON),
          "[{\"op\": \"remove\", \"path\": \"%s\"}]".formatted(place));
    tightened = types.length > 0;
  }

  public String gitPassword() {
    return settings.get("BED_GIT_PASSWORD");
  }

  /** All that the API server stores, but Secrets. */
  public String everythingButSecrets() {
    var kinds =
        kubectl("api-resources", "--verbs=list", "--output=name")
            .lines()
            .filter(kind -> !kind.equals("secrets"))
            .collect(Collectors.joining(","));
    return kubectl("get", kinds, "--all-namespaces", "--output=json", "--show-managed-fields");
  }

  private String program(String name) {
    return settings.path("BED_BIN").resolve(name).toString();
  }

  Settings settings() {
    return settings;
  }

  Path folder() {
    return folder;
  }

  GitRepository newRepository(String name) {
    return GitRepository.create(this, name);
  }

  /** The pipeline of the shop pushes an image: the one of another tag. */
  public void pushImage(String name, String from, String tag) {
    var type = "application/vnd.docker.distribution.manifest.v2+json";
    inside()
        .run(
            COMMAND,
            "bash",
            "-euo",
            "pipefail",
            "-c",
            "curl -sSf --cacert $1 -u $2 -H \"Accept: $3\" $4/$5 | curl -sSf --cacert $1 -u $2 -X PUT -H \"Content-Type: $3\" --data-binary @- $4/$6",
            "push",
            settings.get("BED_CA"),
            settings.get("BED_REGISTRY_PUSH_USER")
                + ":"
                + settings.get("BED_REGISTRY_PUSH_PASSWORD"),
            type,
            "https://%s/v2/shop/%s/manifests".formatted(settings.get("BED_REGISTRY"), name),
            from,
            tag)
        .text();
  }

  public void addAccount(String name) {
    addAccount(name, account(null));
  }

  public void addAccount(String name, AwsAccountSpec spec) {
    var account = new AwsAccount();
    account.setMetadata(new ObjectMetaBuilder().withName(name).build());
    account.setSpec(spec);
    kubernetes.resource(account).serverSideApply();
  }

  /**
   * The bed's only account.
   *
   * @param zone where its environments may have DNS records
   */
  public static AwsAccountSpec account(AwsAccountSpec.@Nullable HostedZone zone) {
    return account(null, null, zone);
  }

  /** The same with tags for all that is made, and with what bounds the roles that are made. */
  public static AwsAccountSpec account(
      @Nullable Map<String, String> tags,
      @Nullable String boundary,
      AwsAccountSpec.@Nullable HostedZone zone) {
    return new AwsAccountSpec(null, List.of(REGION), List.of("*"), tags, boundary, zone);
  }

  public void removeAccount(String name) {
    kubernetes.resources(AwsAccount.class).withName(name).delete();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) return;
    operator.stop();
    kubernetes.close();
    aws.close();
    if (ours)
      new Shell(List.of(Repository.file("e2e-tests/bed/bed").toString()), Map.of())
          .run(COMMAND, "down", folder.toString());
  }

  /**
   * As the demo does it: there is no node to run the chart's Deployment. Does nothing where all is
   * there.
   */
  public void install() {
    user()
        .run(
            COMMAND,
            program("helm"),
            "upgrade",
            "--install",
            "appenv",
            Repository.file("helm/appenv").toString(),
            "--namespace",
            SYSTEM,
            "--create-namespace")
        .text();
    kubectl("apply", "--server-side", "-f", Repository.file("helm/appenv/crds").toString());
    kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
    addAccount(ACCOUNT);
    try {
      Files.writeString(operator.kubeconfig(), operatorKubeconfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As users do it; the operator ends as its pod would. */
  public void uninstall() {
    operator.stop();
    user()
        .run(COMMAND, program("helm"), "uninstall", "appenv", "--namespace", SYSTEM, "--wait")
        .text();
  }

  /** Kubernetes deletes all objects of a definition before the definition itself. */
  public void beginToDeleteDefinition(String plural) {
    kubectl("delete", "crd", plural + ".appenv.dev", "--wait=false");
  }

  /** Returns when it is gone. */
  public void deleteDefinition(String plural) {
    kubectl("delete", "crd", plural + ".appenv.dev", "--ignore-not-found", "--timeout=100s");
  }

  private String operatorKubeconfig() {
    var token =
        kubernetes
            .serviceAccounts()
            .inNamespace(SYSTEM)
            .withName("appenv")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(Duration.ofDays(1).toSeconds())
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    var admin = kubernetes.getConfiguration();
    return """
    apiVersion: v1
    kind: Config
    clusters: [{name: bed, cluster: {server: "%s", certificate-authority-data: "%s"}}]
    users: [{name: appenv, user: {token: "%s"}}]
    contexts: [{name: bed, context: {cluster: bed, user: appenv}}]
    current-context: bed
    """
        .formatted(admin.getMasterUrl(), Objects.requireNonNull(admin.getCaCertData()), token);
  }

  private static Path temporaryFolder() {
    try {
      var target = Files.createDirectories(Repository.file("e2e-tests/target"));
      return Files.createTempDirectory(target, "bed-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void needRoot() {
    var linux = Objects.equals(System.getProperty("os.name"), "Linux");
    if (!linux || !Objects.equals(System.getProperty("user.name"), "root"))
      throw new IllegalStateException(
          "end-to-end tests make a network namespace and machines in it:"
              + " run them as root, on Linux with apt (Debian 12 or later, or Ubuntu)");
  }
}
