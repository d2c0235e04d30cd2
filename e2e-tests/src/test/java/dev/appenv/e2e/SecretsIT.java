package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Canaries;
import dev.appenv.e2e.bed.CommandLines;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Fault;
import dev.appenv.e2e.bed.GitRepository;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A whole life in which much fails, with an application that says its secrets aloud; afterwards no
 * secret is anywhere that it need not be.
 */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class SecretsIT {
  private static final String OPERATORS_KEY = "canary-of-the-secret-access-key";
  private static final String WRONG_PASSWORD = "canary-of-a-wrong-password";

  /** Of each secret that AWS has to be told, by which calls. */
  private static final Map<String, List<String>> TOLD_TO_AWS =
      Map.of(
          "database.instance", List.of("rds CreateDBInstance", "rds ModifyDBInstance"),
          "cache.replicationGroup",
              List.of("elasticache CreateReplicationGroup", "elasticache ModifyReplicationGroup"),
          "host-key", List.of("ec2 RunInstances"));

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;
  private final Canaries canaries = new Canaries();
  private final CommandLines operatorsCommandLines;
  private String machinesCommandLines = "";
  private String journal = "";
  private String secrets = "";
  private String everythingElse = "";
  private String metrics = "";

  SecretsIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    bed.operator().with("AWS_SECRET_ACCESS_KEY", OPERATORS_KEY).restart();
    operatorsCommandLines = bed.operator().commandLines();
    shop =
        bed.environment("canary")
            .spec(
                "{database: {}, cache: {}, bucket: {}, email: {from: noreply@canary.example.com}}")
            .create();
  }

  @BeforeAll
  void lives() {
    canaries
        .add("the operator's secret access key", OPERATORS_KEY)
        .add("the operator's token", bed.operator().kubernetesToken())
        .add("a wrong password of the registry", WRONG_PASSWORD)
        .add("the registry's password", bed.registryPassword())
        .add("Git's password", bed.gitPassword());
    shop.untilReady();
    shop.machine().watchCommandLines();
    collect("at first");

    bed.operator().kill();
    bed.operator().start();
    rotate();
    failToRelease();
    shop.git().pushShop("v2");
    shop.untilReady();

    secrets =
        bed.kubectl(
            "get",
            "secrets",
            "--all-namespaces",
            "--output=go-template={{range .items}}{{range .data}}{{. | base64decode}}\n{{end}}{{end}}");
    machinesCommandLines = shop.machine().seenCommandLines();
    journal = shop.machine().journal();
    metrics = bed.operator().metrics();
    everythingElse += bed.everythingButSecrets();
    shop.delete();
    shop.untilGone();
    everythingElse += bed.everythingButSecrets();
    operatorsCommandLines.close();
  }

  @AfterAll
  void goes() {
    bed.operator().with("AWS_SECRET_ACCESS_KEY", "secret").restart();
  }

  /**
   * All that is in the Secrets that the operator makes and that nobody but the environment knows.
   */
  private void collect(String when) {
    var found = new TreeMap<String, String>();
    found.putAll(shop.secret("-passwords"));
    shop.secret("-credentials")
        .forEach((part, value) -> {
          if (part.endsWith(".secret")) found.put(part, value);
        });
    var keys = shop.secret("-ssh");
    for (var key : List.of("ssh-privatekey", "host-key")) found.put(key, keys.get(key));
    found.put("SMTP_PASSWORD", shop.secret("-outputs").get("SMTP_PASSWORD"));
    found.forEach((what, secret) -> canaries.add("%s, %s".formatted(what, when), secret));
  }

  /** While AWS refuses the change of a password once. */
  private void rotate() {
    var before = shop.secret("-outputs").get("DATABASE_URL");
    try (var _ =
        aws.with(Fault.on("ModifyDBInstance").times(1).refused("InvalidParameterCombination"))) {
      shop.annotate("appenv.dev/rotate-passwords", "now");
      shop.until(
          SOON, it -> assertThat(it.secret("-outputs").get("DATABASE_URL")).isNotEqualTo(before));
      shop.untilReady();
    }
    collect("rotated");
  }

  /** By a registry that refuses, and by an application that says its secrets and ends. */
  private void failToRelease() {
    shop.registryPassword(WRONG_PASSWORD);
    shop.git().pushShop("v2");
    shop.untilCondition(
        SOON, "Released", "False", c -> assertThat(c.reason()).isEqualTo("RegistryDenied"));
    shop.registryPassword(bed.registryPassword());
    shop.git()
        .push(
            GitRepository.shop(bed, "v1")
                .replace("restart: unless-stopped", "restart: 'no'")
                .replace(
                    "POSTGRES_SERVER: db",
                    """
                    POSTGRES_SERVER: db
                          TOLD: "${DATABASE_URL} ${REDIS_URL} ${SMTP_PASSWORD}"\
                    """)
                .replace(
                    "      db: {condition: service_healthy}",
                    """
                          db: {condition: service_healthy}
                        command: ["sh", "-c", "echo cannot open $$TOLD; echo $$TOLD >&2; exit 3"]\
                    """));
    shop.untilCondition(
        SOON,
        "Released",
        "False",
        c -> {
          assertThat(c.reason()).isEqualTo("Unhealthy");
          assertThat(c.message()).contains("backend");
        });
    everythingElse += bed.everythingButSecrets();
  }

  @Test
  void the_search_finds_each_secret_where_it_is_kept() {
    assertThat(canaries.in(secrets + OPERATORS_KEY + bed.operator().kubernetesToken()))
        .containsAll(
            canaries.all().keySet().stream()
                .filter(what -> !what.contains("wrong") && !what.contains("at first"))
                .toList());
  }

  @Test
  void no_secret_is_in_what_the_API_server_stores_outside_of_Secrets() {
    assertThat(everythingElse).contains("cannot open").contains("RegistryDenied");
    assertThat(canaries.in(everythingElse)).isEmpty();
  }

  @Test
  void no_secret_is_in_the_operators_log() throws IOException {
    assertThat(canaries.in(Files.readString(bed.operator().log()))).isEmpty();
  }

  @Test
  void no_secret_is_in_the_operators_metrics() {
    assertThat(canaries.in(metrics)).isEmpty();
  }

  @Test
  void no_secret_is_in_a_command_line_of_the_operator_or_of_what_it_starts() {
    assertThat(operatorsCommandLines.seen()).anyMatch(line -> line.contains("appenv-operator.jar"));
    assertThat(canaries.in(String.join("\n", operatorsCommandLines.seen()))).isEmpty();
  }

  @Test
  void no_secret_is_in_a_command_line_on_the_machine() {
    assertThat(machinesCommandLines).contains("docker compose");
    assertThat(canaries.in(machinesCommandLines)).isEmpty();
  }

  @Test
  void no_secret_is_in_the_machines_journal() {
    assertThat(journal).contains("cloud-init");
    assertThat(canaries.in(journal)).isEmpty();
  }

  @Test
  void AWS_is_told_a_secret_only_by_the_calls_that_set_it() {
    canaries
        .all()
        .forEach((what, secret) ->
            assertThat(aws.callsThatSent(secret))
                .as(what)
                .isSubsetOf(TOLD_TO_AWS.getOrDefault(what.replaceAll(",.*", ""), List.of())));
    var first = String.valueOf(canaries.all().get("database.instance, at first"));
    assertThat(aws.callsThatSent(first)).containsExactly("rds CreateDBInstance");
  }
}
