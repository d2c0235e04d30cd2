package dev.appenv.e2e.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.DriftStatus;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.api.ReleaseStatus.ServiceStatus;
import dev.appenv.api.ResourceStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowingConsumer;
import org.jspecify.annotations.Nullable;

/** One AppEnvironment, what is known of it, and everything around it. */
public final class Environment {
  /** Boots a machine and pulls images; a busy computer takes its time. */
  public static final Duration LIVE_WITHIN = Duration.ofMinutes(5);

  public static final Duration SOON = Duration.ofSeconds(90);
  public static final Duration GONE_WITHIN = Duration.ofMinutes(3);

  private static final Duration OFTEN = Duration.ofMillis(250);

  private final TestBed bed;
  private final String namespace;
  private final String name;
  private final GitRepository git;
  private String uid = "";

  Environment(TestBed bed, String namespace, String name, GitRepository git) {
    this.bed = bed;
    this.namespace = namespace;
    this.name = name;
    this.git = git;
  }

  Environment met() {
    uid = get().getMetadata().getUid();
    return this;
  }

  public String uid() {
    return uid;
  }

  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  /** As it is in tags of AWS. */
  public String path() {
    return namespace + "/" + name;
  }

  public GitRepository git() {
    return git;
  }

  // ---- what is known

  public Resource<AppEnvironment> resource() {
    return bed.kubernetes().resources(AppEnvironment.class).inNamespace(namespace).withName(name);
  }

  public AppEnvironment get() {
    return resource().require();
  }

  public AppEnvironmentStatus status() {
    return known(get().getStatus(), "status");
  }

  public ConditionStatus condition(String type) {
    return condition(get(), type)
        .orElseThrow(() -> new AssertionError("no condition " + type + " yet"));
  }

  static Optional<ConditionStatus> condition(AppEnvironment environment, String type) {
    var status = environment.getStatus();
    if (status == null || status.conditions() == null) return Optional.empty();
    return status.conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  public List<DriftStatus> drift() {
    var drift = status().drift();
    return drift == null ? List.of() : drift;
  }

  /** Id in AWS of a resource by its logical name. */
  public String id(String resource) {
    return known(ids().get(resource), "id of " + resource);
  }

  /** The ids in AWS by logical name. */
  public Map<String, String> ids() {
    var resources = status().resources();
    return resources == null
        ? Map.of()
        : resources.stream().collect(Collectors.toMap(ResourceStatus::name, ResourceStatus::id));
  }

  /** What runs. */
  public ReleaseStatus release() {
    return known(status().release(), "release");
  }

  public List<ServiceStatus> services() {
    return known(release().services(), "services");
  }

  private static <T> T known(@Nullable T value, String what) {
    if (value == null) throw new AssertionError("no " + what + " yet");
    return value;
  }

  public List<Event> events() {
    return bed.kubernetes().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> Objects.equals(event.getInvolvedObject().getUid(), uid))
        .toList();
  }

  /** Everything that is said of it from now on. */
  public History watch() {
    return new History(resource());
  }

  /** What is in the Secret that is made for it under this suffix. */
  public Map<String, String> secret(String suffix) {
    var secret =
        bed.kubernetes().secrets().inNamespace(namespace).withName(name + suffix).require();
    return secret.getData().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> new String(Base64.getDecoder().decode(e.getValue()), StandardCharsets.UTF_8)));
  }

  /** What is in the ConfigMap that is kept of it under this suffix. */
  public Map<String, String> configMap(String suffix) {
    return bed.kubernetes()
        .configMaps()
        .inNamespace(namespace)
        .withName(name + suffix)
        .require()
        .getData();
  }

  public Machine machine() {
    return new Machine(bed.aws(), bed.settings(), id("compute.instance"));
  }

  /** Where it is reached, with a slash at its end. */
  public String url() {
    return known(status().url(), "URL");
  }

  public Application application() {
    return bed.application(url());
  }

  /** The application's page. */
  public String page() {
    return application().get("");
  }

  // ---- what is waited for

  /** Until the assertions hold; when they do not, their message says what was there. */
  public void until(Duration limit, ThrowingConsumer<Environment> assertions) {
    await(path()).atMost(limit).pollInterval(OFTEN).untilAsserted(() -> assertions.accept(this));
  }

  public void untilCondition(
      Duration limit, String type, String status, Consumer<ConditionStatus> more) {
    until(
        limit,
        it -> {
          var condition = it.condition(type);
          assertThat(condition.status())
              .as(() -> "%s of %s; all: %s".formatted(type, path(), summary(get())))
              .isEqualTo(status);
          more.accept(condition);
        });
  }

  public void untilTrue(String type) {
    untilCondition(SOON, type, "True", c -> {});
  }

  /** Live and still: everything is as the present specification asks for. */
  public void untilReady() {
    until(
        LIVE_WITHIN,
        it -> {
          var now = it.get();
          assertThat(known(now.getStatus(), "status").observedGeneration())
              .isEqualTo(now.getMetadata().getGeneration());
          for (var type : List.of("Ready", "Reconciling", "Drifted"))
            assertThat(condition(now, type).map(ConditionStatus::status))
                .as(() -> "%s of %s; all: %s".formatted(type, path(), summary(now)))
                .hasValue(type.equals("Ready") ? "True" : "False");
        });
  }

  public void untilInfrastructureReady() {
    untilCondition(LIVE_WITHIN, "InfrastructureReady", "True", c -> {});
  }

  public void untilGone() {
    await(path() + " to be gone")
        .atMost(GONE_WITHIN)
        .pollInterval(OFTEN)
        .untilAsserted(() -> {
          var left = resource().get();
          assertThat(left).as(() -> left == null ? "" : summary(left)).isNull();
        });
  }

  /** All that is said of it, for messages. */
  public String conditions() {
    return summary(get());
  }

  static String summary(@Nullable AppEnvironment environment) {
    if (environment == null
        || environment.getStatus() == null
        || environment.getStatus().conditions() == null) return "nothing is known";
    return environment.getStatus().conditions().stream()
        .map(c -> "%s=%s %s (%s)".formatted(c.type(), c.status(), c.reason(), c.message()))
        .collect(Collectors.joining("; "));
  }

  // ---- what is done to it

  /**
   * Changes the specification.
   *
   * @param patch a JSON merge patch of the specification, in YAML or JSON
   */
  public void change(String patch) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), Patches.ofSpec(patch));
  }

  /** A change that means nothing: the operator looks at it at once. */
  public void nudge() {
    var before = get().getSpec().source().pollInterval();
    change("{source: {pollInterval: %s}}".formatted("5s".equals(before) ? "6s" : "5s"));
  }

  public void annotate(String annotation, String value) {
    resource()
        .patch(PatchContext.of(PatchType.JSON_MERGE), Patches.ofAnnotation(annotation, value));
  }

  /** Everything is read anew, and has been when this returns. */
  public void refresh() {
    var asked = UUID.randomUUID().toString();
    annotate("appenv.dev/refresh", asked);
    until(SOON, it -> assertThat(it.status().lastHandledRefresh()).isEqualTo(asked));
  }

  /** Neither Git nor the registry nor the machine can be entered any more. */
  public void loseSecrets() {
    bed.kubernetes().secrets().inNamespace(namespace).delete();
  }

  public void registryPassword(String password) {
    EnvironmentBuilder.registrySecret(bed, namespace, password);
  }

  public void delete() {
    resource().delete();
  }

  /**
   * The same manifest once more, after the object is gone.
   *
   * @param gone as it was
   * @param patch a JSON merge patch of the specification, in YAML or JSON
   */
  public void applyAgain(AppEnvironment gone, String patch) {
    var manifest = new AppEnvironment();
    manifest.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    manifest.setSpec(gone.getSpec());
    bed.kubernetes()
        .resource(Patches.merge(Serialization.asYaml(manifest), List.of(patch)))
        .create();
    met();
  }
}
