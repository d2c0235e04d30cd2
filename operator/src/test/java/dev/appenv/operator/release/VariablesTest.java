package dev.appenv.operator.release;

import static dev.appenv.operator.release.FakeRollouts.A;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application is told of its environment's resources. */
class VariablesTest {
  private static final String URL = "postgresql://app:s3cret-database@db.example:5432/app";

  @TempDir Path folder;
  private FakeHost host;
  private FakeRollouts rollouts;

  @BeforeEach
  void start() throws IOException {
    host = new FakeHost(folder);
    rollouts = new FakeRollouts(host);
  }

  private DesiredRelease release(Map<String, String> variables) {
    var yaml =
        "services:\n  web:\n    image: registry.test:5000/shop/web:1\n"
            + (variables.isEmpty() ? "" : "    env_file: .env\n");
    return switch (ComposeFile.parse(yaml, null, Set.of("DATABASE_URL", "PGPORT"))) {
      case ComposeFile.Valid valid ->
          DesiredRelease.of(
              valid,
              new ReleaseIdentity("c1", "u1", A),
              null,
              new TreeMap<>(variables),
              host.observe(),
              Map.of(),
              Map.of());
      case ComposeFile.Invalid(String message) -> throw new AssertionError(message);
    };
  }

  private static String problem(String yaml, String... variables) {
    return switch (ComposeFile.parse(yaml, null, Set.of(variables))) {
      case ComposeFile.Valid _ -> "";
      case ComposeFile.Invalid(String message) -> message;
    };
  }

  @Test
  void lie_beside_the_compose_file_where_compose_reads_them_and_only_root_does()
      throws IOException {
    var release = release(Map.of("PGPORT", "5432", "DATABASE_URL", URL));
    rollouts.rolled(release);

    Path file = host.root.resolve("releases").resolve(release.id()).resolve(".env");
    assertThat(file)
        .hasContent(
            """
            # Written by AppEnv at each release; changes here are undone.
            DATABASE_URL='%s'
            PGPORT='5432'
            """
                .formatted(URL));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void are_on_no_command_line() throws IOException {
    rollouts.rolled(release(Map.of("DATABASE_URL", URL)));

    assertThat(String.join("\n", host.calls()) + String.join("\n", host.shell.commands))
        .doesNotContain("s3cret-database");
  }

  @Test
  void are_the_same_release_as_long_as_they_are_the_same() {
    var release = release(Map.of("DATABASE_URL", URL));

    assertThat(ReleaseComparison.compare(release, rollouts.rolled(release)))
        .isEqualTo(new ReleaseComparison(List.of(), false));
  }

  @Test
  void with_another_value_are_another_release_and_no_drift() {
    var release = release(Map.of("DATABASE_URL", URL));
    var state = rollouts.rolled(release);

    var comparison =
        ReleaseComparison.compare(release(Map.of("DATABASE_URL", "postgresql://another")), state);
    assertThat(comparison.newRelease()).isTrue();
    assertThat(comparison.drift()).isEmpty();
  }

  @Test
  void that_are_there_no_more_are_another_release() {
    var state = rollouts.rolled(release(Map.of("DATABASE_URL", URL)));

    assertThat(ReleaseComparison.compare(release(Map.of()), state).newRelease()).isTrue();
  }

  @Test
  void of_a_release_that_failed_do_not_reach_the_one_that_runs_on() throws IOException {
    var release = release(Map.of("DATABASE_URL", URL));
    rollouts.rolled(release);
    host.set("unhealthy-1", "");

    rollouts.failed(release(Map.of("DATABASE_URL", "postgresql://another")));

    assertThat(host.root.resolve("current").resolve(".env")).content().contains(URL);
  }

  @Test
  void decide_no_images_for_these_are_looked_up_before() {
    var yaml = "services: {web: {image: 'shop/web:${TAG:-v1}'}}";
    assertThat(problem(yaml)).isEmpty();
    assertThat(problem(yaml, "TAG"))
        .contains("services.web.image: it depends on a variable that the environment gives");
  }

  @Test
  void that_somebody_edits_on_the_machine_are_drift() throws IOException {
    var release = release(Map.of("DATABASE_URL", URL));
    rollouts.rolled(release);
    Files.writeString(
        host.root.resolve("releases").resolve(release.id()).resolve(".env"), "DATABASE_URL=x");

    assertThat(ReleaseComparison.compare(release, host.observe()).drift())
        .extracting(d -> d.field())
        .contains("files[.env]");
  }

  @Test
  void are_masked_in_what_programs_print() {
    var masking = new Masking(RegistryCredentials.NONE, release(Map.of("DB", URL)).secrets());

    assertThat(masking.mask("cannot connect to " + URL)).isEqualTo("cannot connect to ***");
  }

  @Test
  void are_not_shown_with_the_release() {
    assertThat(release(Map.of("DATABASE_URL", URL)).toString()).doesNotContain("s3cret");
  }

  @Test
  void may_be_used_in_a_compose_file_by_the_names_that_are_given() {
    var yaml = "services: {web: {image: web, environment: {A: '${DATABASE_URL}', B: $OTHER}}}";

    assertThat(problem(yaml, "DATABASE_URL"))
        .contains(
            "the variable OTHER has no value on the machine: give it a default with `${OTHER:-...}`, or name one that the environment gives: DATABASE_URL")
        .doesNotContain("the variable DATABASE_URL");
  }

  @Test
  void are_an_env_file_only_where_there_are_some() {
    var yaml = "services: {web: {image: web, env_file: [./.env]}}";

    assertThat(problem(yaml, "DATABASE_URL")).isEmpty();
    assertThat(problem(yaml)).contains("services.web.env_file: it needs `./.env`");
  }
}
