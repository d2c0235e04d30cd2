package dev.appenv.e2e.api;

import static dev.appenv.e2e.api.Inputs.accounts;
import static dev.appenv.e2e.api.Inputs.dryRun;
import static dev.appenv.e2e.api.Inputs.environments;
import static dev.appenv.e2e.api.Inputs.example;
import static dev.appenv.e2e.api.Inputs.patched;
import static dev.appenv.e2e.api.Inputs.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** inputs.md is both the cases and what is expected; {@code -Dinputs.write} writes the answers. */
@ExtendWith(ApiServerExtension.class)
class InputsTest {
  private static final String TABLE = "e2e-tests/src/test/resources/dev/appenv/e2e/api/inputs.md";

  private final ApiServer api;
  private final String namespace;

  InputsTest(ApiServer api) {
    this.api = api;
    this.namespace = api.newNamespace();
  }

  @TestFactory
  Stream<DynamicTest> aUserReadsWhatIsWrongAndWhatToDo() {
    var existing =
        Inputs.create(
            api.client(),
            environments(namespace),
            patched(example("environment.yaml"), yaml("{spec: {database: {storageGiB: 100}}}")));
    var account =
        Inputs.create(
            api.client(),
            accounts(),
            patched(
                example("account.yaml"),
                yaml(
                    "{metadata: {name: with-zone}, spec: {hostedZone: {id: Z0123456789, name: dev.example.com}}}")));
    if (System.getProperty("inputs.write") != null)
      Table.read(TABLE)
          .rewrite(row ->
              new Table.Row(
                  row.heading(), row.name(), row.patch(), answer(row, existing, account)));
    return Table.read(TABLE).rows().stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.heading() + ": " + row.name(),
                () -> assertThat(answer(row, existing, account)).isEqualTo(row.answer())));
  }

  @Test
  void kubectl_prints_the_same_message(@TempDir Path folder) throws IOException {
    var account = patched(example("account.yaml"), yaml("{spec: {allowedNamespaces: []}}"));
    var file = Files.writeString(folder.resolve("account.json"), account.toString());
    var printed = api.kubectl("apply", "--dry-run=server", "-f", file.toString()).result().output();
    assertThat(printed.strip())
        .isEqualTo(
            "The AwsAccount \"dev\" is invalid: "
                + dryRun(api.client(), "POST", accounts(), account));
  }

  private String answer(Table.Row row, JsonNode existing, JsonNode account) {
    var patch = yaml(row.patch());
    return switch (row.heading()) {
      case "A new AppEnvironment" ->
          dryRun(
              api.client(),
              "POST",
              environments(namespace),
              patched(
                  patched(example("environment.yaml"), yaml("{metadata: {name: new}}")), patch));
      case "A change to an AppEnvironment" ->
          dryRun(
              api.client(),
              "PUT",
              environments(namespace) + "/" + existing.at("/metadata/name").asText(),
              patched(existing.deepCopy(), patch));
      case "An AwsAccount" ->
          dryRun(api.client(), "POST", accounts(), patched(example("account.yaml"), patch));
      case "A change to an AwsAccount" ->
          dryRun(
              api.client(),
              "PUT",
              accounts() + "/" + account.at("/metadata/name").asText(),
              patched(account.deepCopy(), patch));
      default -> throw new IllegalStateException("no such heading: " + row.heading());
    };
  }
}
