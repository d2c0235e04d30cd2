package dev.appenv.e2e.api;

import static dev.appenv.e2e.api.Inputs.accounts;
import static dev.appenv.e2e.api.Inputs.environments;
import static dev.appenv.e2e.api.Inputs.example;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountStatus;
import dev.appenv.api.CapacityStatus;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.DriftStatus;
import dev.appenv.api.EmailStatus;
import dev.appenv.api.LocationStatus;
import dev.appenv.api.OperationStatus;
import dev.appenv.api.PlanStatus;
import dev.appenv.api.RecordToSetStatus;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.api.ResolvedStatus;
import dev.appenv.api.ResourceStatus;
import dev.appenv.e2e.project.Repository;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class EnvironmentTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("appenv")
          .withForce(true)
          .build();

  private final ApiServer api;
  private final String namespace;

  EnvironmentTest(ApiServer api) {
    this.api = api;
    this.namespace = api.newNamespace();
  }

  @Test
  void nothing_is_written_into_the_spec_that_the_user_left_out() {
    var example = example("environment.yaml");
    example.withObject("/spec").remove(List.of("drift", "release"));
    example.withObject("/spec/instance").remove("rootVolumeGiB");

    var stored = Inputs.create(api.client(), environments(namespace), example);

    assertThat(stored.get("spec")).isEqualTo(example.get("spec"));
  }

  @Test
  void columns_show_what_matters_about_an_environment() {
    writeStatus(created(), READY);

    var lines = Command.rows(api.kubectl("get", "appenv", "-n", namespace).succeeds());

    assertThat(lines.get(0)).isEqualTo("NAME | BRANCH | READY | DRIFT | REVISION | URL | AGE");
    assertThat(lines.get(1))
        .matches(
            "shop-main \\| main \\| True \\| security 1 \\| 3f9c2d1 \\| http://192.0.2.7 \\| \\d+s");
  }

  @Test
  void columns_show_what_matters_about_an_account() {
    var name = namespace;
    var account = example("account.yaml");
    account.withObject("/metadata").put("name", name);
    Inputs.create(api.client(), accounts(), account);
    var found = api.client().resources(AwsAccount.class).withName(name).get();
    found.setStatus(
        new AwsAccountStatus(
            1L,
            List.of(condition("Ready", "Reached")),
            "123456789012",
            "arn:aws:sts::1:x/y",
            "eu-central-1 3",
            List.of(new CapacityStatus("eu-central-1", 3L, null, null, null, null))));
    patchStatus(found);

    var lines = Command.rows(api.kubectl("get", "awsaccount", name).succeeds());

    assertThat(lines.get(0)).isEqualTo("NAME | ACCOUNT | READY | ROOM | AGE");
    assertThat(lines.get(1))
        .matches(name + " \\| 123456789012 \\| True \\| eu-central-1 3 \\| \\d+s");
  }

  @Test
  void kubectl_waits_for_ready() {
    var environment = created();
    var waiting =
        api.kubectl(
            "wait", "-n", namespace, "--for=condition=Ready", "--timeout=60s", "appenv/shop-main");

    writeStatus(environment, READY);

    assertThat(waiting.succeeds()).contains("shop-main condition met");
  }

  @Test
  void status_is_read_back_as_it_was_written() {
    writeStatus(created(), READY);

    assertThat(found().getStatus()).isEqualTo(READY);
  }

  @Test
  void a_condition_is_written_twice_without_becoming_two() {
    var environment = created();
    writeStatus(environment, READY);
    writeStatus(environment, READY);

    assertThat(Objects.requireNonNull(found().getStatus()).conditions()).hasSize(2);
  }

  @Test
  void writing_spec_leaves_status_alone_and_the_other_way_round() {
    writeStatus(created(), READY);
    var before = found();

    api.kubectl(
            "patch",
            "appenv/shop-main",
            "-n",
            namespace,
            "--type=merge",
            "-p",
            "{\"spec\":{\"suspend\":true},\"status\":{\"url\":\"http://elsewhere\"}}")
        .succeeds();

    var after = found();
    assertThat(after.getStatus()).isEqualTo(before.getStatus());
    assertThat(after.getMetadata().getGeneration())
        .isEqualTo(before.getMetadata().getGeneration() + 1);
  }

  @Test
  void every_field_is_explained() {
    // The server publishes a new definition a moment after it accepts its objects.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.kubectl("explain", "appenv").result().exitCode() == 0);

    assertThat(explained("appenv")).contains("One Git branch as a running application");
    assertThat(explained("appenv.spec.source.pollInterval"))
        .contains("from 5s to 24h")
        .contains("Default: 1m");
    assertThat(explained("awsaccount.spec.allowedNamespaces")).contains("\"*\" means all");
  }

  @Test
  void the_examples_are_accepted() {
    for (var file : List.of("environment.yaml", "account.yaml"))
      api.kubectl(
              "apply",
              "--dry-run=server",
              "-n",
              namespace,
              "-f",
              Repository.file("examples/" + file).toString())
          .succeeds();
  }

  @Test
  void the_definitions_can_be_applied_again() {
    assertThat(
            api.kubectl(
                    "apply", "--server-side", "-f", Repository.file("helm/appenv/crds").toString())
                .succeeds())
        .contains("appenvironments.appenv.dev serverside-applied")
        .contains("awsaccounts.appenv.dev serverside-applied");
  }

  private static final AppEnvironmentStatus READY =
      new AppEnvironmentStatus(
          1L,
          "2026-11-22",
          List.of(condition("Ready", "AllWell"), condition("Released", "Released")),
          "http://192.0.2.7",
          "3f9c2d1",
          "security 1",
          new ReleaseStatus(
              "3f9c2d1",
              List.of(new ReleaseStatus.ServiceStatus("backend", "a@sha256:1", null, "Missing"))),
          List.of(new AwaitedImageStatus("frontend", "shop/frontend:v9", NOON)),
          new EmailStatus("shop.example.com", false, true, "set the DNS records"),
          List.of(
              new DriftStatus(
                  "network.machineSecurityGroup",
                  "ingress[tcp/5432 from 0.0.0.0/0]",
                  "absent",
                  "present",
                  "security",
                  NOON,
                  "Repairing")),
          new PlanStatus("5e1f", List.of("remove tcp/5432"), "77aa"),
          List.of(
              new OperationStatus(
                  "email.identity", "Create", "token-1", "shop.example.com", NOON, null)),
          List.of(new RecordToSetStatus("A", "shop.example.com", "192.0.2.7", "leads to it")),
          List.of(new ResourceStatus("network.vpc", "vpc-1", "Ready", Map.of("cidr", "ab12"))),
          new LocationStatus("dev", "eu-central-1", "uid"),
          new ResolvedStatus("ami-1", List.of("eu-central-1a", "eu-central-1b"), "igw-1"));

  private static ConditionStatus condition(String type, String reason) {
    return new ConditionStatus(type, "True", reason, "", NOON, 1L);
  }

  private AppEnvironment created() {
    Inputs.create(api.client(), environments(namespace), example("environment.yaml"));
    return found();
  }

  private AppEnvironment found() {
    return api.client()
        .resources(AppEnvironment.class)
        .inNamespace(namespace)
        .withName("shop-main")
        .get();
  }

  private void writeStatus(AppEnvironment environment, AppEnvironmentStatus status) {
    environment.setStatus(status);
    patchStatus(environment);
  }

  private void patchStatus(HasMetadata object) {
    object.getMetadata().setManagedFields(null);
    object.getMetadata().setResourceVersion(null);
    api.client().resource(object).subresource("status").patch(APPLY);
  }

  private String explained(String path) {
    return api.kubectl("explain", path).succeeds().replaceAll("\\s+", " ");
  }
}
