package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.git.GitRepositories;
import dev.appenv.operator.git.GitSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the application is told, under the names that it wants. */
class AppNamesTest {
  private static final String FILES = "{FILES: '${S3_BUCKET} in ${S3_REGION}', MODE: live}";

  private static Map<String, String> told(Stage stage) {
    var secret = Objects.requireNonNull(stage.cluster.secrets().get("shop", "shop-main-outputs"));
    var told = new TreeMap<String, String>();
    secret
        .getData()
        .forEach((name, value) ->
            told.put(name, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return told;
  }

  @Test
  void it_is_told_with_the_others() {
    var stage = new Stage();
    stage.cluster.apply(Specs.variables(Specs.bucket(Specs.DEDICATED, "{}"), FILES));
    stage.untilAsDesired();
    assertThat(told(stage))
        .isEqualTo(
            Map.of(
                "S3_BUCKET",
                stage.bucket(),
                "S3_REGION",
                Cluster.REGION,
                "FILES",
                stage.bucket() + " in " + Cluster.REGION,
                "MODE",
                "live"));
  }

  @Test
  void another_text_is_told_and_one_that_was_taken_out_no_more() {
    var stage = new Stage();
    stage.cluster.apply(Specs.variables(Specs.DEDICATED, "{MODE: live, OLD: x}"));
    stage.untilAsDesired();
    stage.cluster.apply(Specs.variables(Specs.DEDICATED, "{MODE: slow}"));
    stage.untilAsDesired();
    assertThat(told(stage)).containsEntry("MODE", "slow").doesNotContainKey("OLD");
  }

  @Test
  void what_the_environment_does_not_give_keeps_nothing_in_aws_from_being_made() {
    var stage = new Stage();
    stage.cluster.apply(Specs.variables(Specs.bucket(Specs.DEDICATED, "{}"), "{A: '${PGHOST}'}"));
    stage.untilAsDesired();
    assertThat(told(stage)).containsOnlyKeys("S3_BUCKET", "S3_REGION");
  }

  @Test
  void what_the_environment_does_not_give_stops_the_release_and_is_named_with_its_field() {
    var environment = new Cluster().read();
    environment.setSpec(Specs.variables(Specs.DEDICATED, "{DB: 'jdbc://${PGHOST}:${PGPORT}'}"));
    assertThat(source(environment, Set.of("S3_BUCKET", "PGPORT")))
        .isEqualTo(
            new Sources.Source.Unusable(
                Problem.person(
                    "VariableUnknown",
                    "spec.release.variables.DB: this environment has no variable PGHOST; it has PGPORT, S3_BUCKET")));
    assertThat(source(environment, Set.of()).toString())
        .contains("no variable PGHOST, PGPORT; it has none; ask for what gives it");
  }

  @Test
  void a_name_where_a_text_belongs_is_said() {
    var spec = Specs.variables(Specs.DEDICATED, "{DB_URL: DATABASE_URL}");
    assertThat(AppNames.problem(spec, Set.of("DATABASE_URL")).map(Problem::message))
        .contains(
            "spec.release.variables.DB_URL: DATABASE_URL is a name here and no value; write ${DATABASE_URL}");
  }

  @Test
  void a_compose_file_may_use_these_names_too() {
    var spec = Specs.variables(Specs.DEDICATED, "{DB_URL: x, A: y}");
    assertThat(AppNames.all(spec, Set.of("PGHOST"))).containsExactly("A", "DB_URL", "PGHOST");
    assertThat(AppNames.all(Specs.DEDICATED, Set.of("PGHOST"))).containsExactly("PGHOST");
  }

  /** Of the branch, when it is read at once; nothing is asked of Git here. */
  private static Sources.Source source(AppEnvironment environment, Set<String> given) {
    var stage = new Stage();
    var sources =
        new Sources(
            new GitRepositories(GitSettings.in(Path.of("target", "no-git"))),
            new Secrets(stage.cluster.secrets()),
            _ -> given,
            new Background<>(new HandedOver(Runnable::run), stage.world.clock(), _ -> {}));
    return sources.of(environment).orElseThrow();
  }
}
