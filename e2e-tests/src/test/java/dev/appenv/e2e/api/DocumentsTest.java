package dev.appenv.e2e.api;

import static dev.appenv.e2e.api.Inputs.accounts;
import static dev.appenv.e2e.api.Inputs.dryRun;
import static dev.appenv.e2e.api.Inputs.environments;
import static dev.appenv.e2e.api.Inputs.example;
import static dev.appenv.e2e.api.Inputs.patched;
import static dev.appenv.e2e.api.Inputs.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appenv.e2e.project.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the pages on nouns show can be applied as it is. */
@ExtendWith(ApiServerExtension.class)
class DocumentsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  /** Beside a specification a page may show a compose file, or what is read back. */
  private static final List<String> OTHERS = List.of("services", "status");

  private final ApiServer api;
  private final String namespace;

  DocumentsTest(ApiServer api) {
    this.api = api;
    this.namespace = api.newNamespace();
  }

  @TestFactory
  Stream<DynamicTest> every_page_has_examples_and_the_API_server_takes_them() throws IOException {
    try (var pages = Files.list(Repository.file("docs/nouns"))) {
      return pages.sorted().toList().stream()
          .map(page ->
              DynamicTest.dynamicTest(
                  page.getFileName().toString(),
                  () ->
                      assertThat(examples(page))
                          .isNotEmpty()
                          .allSatisfy(it -> assertThat(answer(it)).isEqualTo(Inputs.ACCEPTED))));
    }
  }

  private static List<JsonNode> examples(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .map(block -> yaml(block.group(1)))
        .filter(block -> OTHERS.stream().noneMatch(block::has))
        .toList();
  }

  /** A page may leave out what is around a section. */
  private String answer(JsonNode shown) {
    var patch = shown.has("spec") ? shown : Inputs.YAML.createObjectNode().set("spec", shown);
    return patch.path("kind").asText().equals("AwsAccount")
        ? dryRun(
            api.client(),
            "POST",
            accounts(),
            patched(example("account.yaml"), patched(Inputs.YAML.createObjectNode(), patch)))
        : dryRun(
            api.client(),
            "POST",
            environments(namespace),
            patched(example("environment.yaml"), patch));
  }
}
