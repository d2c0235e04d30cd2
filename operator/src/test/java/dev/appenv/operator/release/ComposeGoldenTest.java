package dev.appenv.operator.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder is a case: {@code docker-compose.yml} and perhaps {@code given.properties} go in,
 * {@code override.yml} or {@code message.txt} comes out.
 */
class ComposeGoldenTest {
  private static final ReleaseIdentity IDENTITY = new ReleaseIdentity("c1", "u1", "commit");

  @TestFactory
  Stream<DynamicTest> everyFolder() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(ComposeGoldenTest.class.getResource("compose")).toURI());
    List<Path> all;
    try (var found = Files.list(folder)) {
      all = found.sorted().toList();
    }
    return all.stream()
        .map(one -> DynamicTest.dynamicTest(one.getFileName().toString(), () -> check(one)));
  }

  private static void check(Path folder) throws IOException {
    var given = new Properties();
    Path properties = folder.resolve("given.properties");
    given.load(new StringReader(Files.exists(properties) ? Files.readString(properties) : ""));
    Ingress ingress = ingress(given.getProperty("ingress"));
    String yaml = Files.readString(folder.resolve("docker-compose.yml"));

    switch (ComposeFile.parse(yaml, ingress)) {
      case ComposeFile.Invalid(String message) ->
          assertThat(message.replace("; ", ";\n") + "\n")
              .isEqualTo(Files.readString(folder.resolve("message.txt")));
      case ComposeFile.Valid valid ->
          assertThat(
                  OverrideFile.render(
                      valid.model(),
                      IDENTITY,
                      "commit-1",
                      ingress == null ? Set.of() : ingress.services(),
                      existing(given, "network."),
                      existing(given, "volume."),
                      digests(given)))
              .isEqualTo(Files.readString(folder.resolve("override.yml")));
    }
  }

  private static @Nullable Ingress ingress(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return new Ingress(
        Stream.of(text.split(" "))
            .map(route -> route.split(":"))
            .map(parts -> new Ingress.Route("/", parts[0], Integer.parseInt(parts[1])))
            .toList());
  }

  private static Map<String, String> digests(Properties given) {
    var digests = new HashMap<String, String>();
    for (String name : given.stringPropertyNames())
      if (name.startsWith("digest."))
        digests.put(name.substring("digest.".length()), given.getProperty(name));
    return digests;
  }

  /** Without a UID it was made without our labels. */
  private static List<RunningState.Shared> existing(Properties given, String prefix) {
    var existing = new ArrayList<RunningState.Shared>();
    for (String name : given.stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        String key = name.substring(prefix.length());
        var labels = new HashMap<String, String>();
        labels.put("com.docker.compose.project", "app");
        if (!given.getProperty(name).isEmpty()) {
          labels.putAll(new ReleaseIdentity("c1", given.getProperty(name), "commit").labels());
        }
        existing.add(new RunningState.Shared("app_" + key, key, labels));
      }
    }
    return existing;
  }
}
