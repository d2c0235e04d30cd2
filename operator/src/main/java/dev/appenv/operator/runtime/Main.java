package dev.appenv.operator.runtime;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.operator.account.AccountReconciler;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.aws.AwsInfrastructure;
import dev.appenv.operator.aws.AwsPreflight;
import dev.appenv.operator.aws.call.CallGate;
import dev.appenv.operator.aws.call.PublishedPolicies;
import dev.appenv.operator.aws.call.SdkClients;
import dev.appenv.operator.aws.call.Session;
import dev.appenv.operator.concurrent.SideBySide;
import dev.appenv.operator.environment.Board;
import dev.appenv.operator.environment.Environments;
import dev.appenv.operator.environment.Heartbeat;
import dev.appenv.operator.environment.Intervals;
import dev.appenv.operator.git.GitRepositories;
import dev.appenv.operator.git.GitSettings;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.registry.HttpRegistry;
import dev.appenv.operator.release.transport.SshConnections;
import dev.appenv.operator.release.transport.SshTimeouts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator. Everything is wired here and nowhere else. */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);
  private static final int FIRST_RETRY_MS = 1000;
  private static final int LONGEST_RETRY_MS = 60_000;

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    var settings = Settings.from(System.getenv());
    var clock = InstantSource.system();
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var client = client();
    var clusterId = clusterId(settings, client);
    var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 0).factory());
    var sideBySide = new SideBySide(threads);

    var informer = client.resources(AwsAccount.class).inform();
    var accounts = new Accounts(name -> informer.getStore().getByKey(name));
    var gates = new ConcurrentHashMap<String, CallGate>();
    var clients =
        new SdkClients(
            name -> accounts.spec(name).map(Main::access),
            name -> gates.computeIfAbsent(name, _ -> new CallGate(settings.awsShare(), registry)),
            Session.ofCluster(clusterId));
    var git = new GitRepositories(GitSettings.in(settings.gitCache()));
    var images = new HttpRegistry(clock);
    var connections = new SshConnections(SshTimeouts.STANDARD);
    var heartbeat = new Heartbeat(LONGEST_SILENCE, clock);
    var infrastructure =
        new AwsInfrastructure(
            clients,
            clusterId,
            settings.sweepInterval(),
            settings.consistency(),
            settings.smtpHost(),
            sideBySide,
            clock);
    var environments =
        new Environments(
            new Environments.Parts(
                client,
                clusterId,
                infrastructure,
                accounts,
                infrastructure.quotas(),
                git,
                images,
                connections,
                Intervals.STANDARD,
                settings.edgeImage(),
                new Board(
                    registry, Arrays.stream(DriftClass.values()).map(DriftClass::label).toList()),
                heartbeat,
                threads,
                sideBySide,
                clock));

    var operator = operator(client, registry, new ReconcileThreads(settings.concurrency()));
    var retry =
        new GenericRetry()
            .withoutMaxAttempts()
            .setInitialInterval(FIRST_RETRY_MS)
            .setMaxInterval(LONGEST_RETRY_MS);
    operator.register(environments.reconciler(), o -> o.withRetry(retry));
    operator.register(
        new AccountReconciler(
            new AwsPreflight(clients, accounts, PublishedPolicies.of(clusterId, null)),
            accounts,
            environments.capacity(),
            clock),
        o -> o.withRetry(retry));

    var endpoints =
        new HttpEndpoints(
            settings.httpPort(),
            registry::scrape,
            () -> heartbeat.stopped(path -> exists(client, path)),
            () -> unready(operator));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  operator.stop();
                  environments.close();
                  threads.shutdownNow();
                  connections.close();
                  images.close();
                  git.close();
                  clients.close();
                  endpoints.close();
                },
                "stop"));
    operator.start();
    log.atInfo()
        .addKeyValue("cluster", clusterId)
        .addKeyValue("port", endpoints.port())
        .log("operator started");
  }

  private static SdkClients.Access access(AwsAccountSpec spec) {
    var role = spec.assumeRole();
    var zone = spec.hostedZone();
    return new SdkClients.Access(
        role == null ? null : role.arn(),
        role == null ? null : role.externalId(),
        zone == null ? null : zone.id());
  }

  private static Operator operator(
      KubernetesClient client, PrometheusMeterRegistry registry, ExecutorService threads) {
    var metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
    return new Operator(o ->
        o.withKubernetesClient(client)
            .withExecutorService(threads)
            .withMetrics(metrics)
            .withReconciliationTerminationTimeout(STOP_WITHIN));
  }

  /**
   * An enum value that this version does not know must not keep an environment from being deleted.
   */
  private static KubernetesClient client() {
    var mapper = new ObjectMapper().enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);
    return new KubernetesClientBuilder()
        .withKubernetesSerialization(new KubernetesSerialization(mapper, true))
        .build();
  }

  private static String clusterId(Settings settings, KubernetesClient client) {
    var given = settings.clusterId();
    return given != null
        ? given
        : client.namespaces().withName("kube-system").require().getMetadata().getUid();
  }

  private static boolean exists(KubernetesClient client, String path) {
    var parts = path.split("/", 2);
    return client.resources(AppEnvironment.class).inNamespace(parts[0]).withName(parts[1]).get()
        != null;
  }

  private static Optional<String> unready(Operator operator) {
    var runtime = operator.getRuntimeInfo();
    if (!runtime.isStarted()) return Optional.of("starting");
    return runtime.allEventSourcesAreHealthy()
        ? Optional.empty()
        : Optional.of("the watch on custom resources is not healthy");
  }
}
