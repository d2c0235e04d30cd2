package dev.appenv.e2e.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where everything in a bed is, as its file {@code env} says. */
record Settings(Map<String, String> values) {
  static Settings of(Path folder) {
    try (var lines = Files.lines(folder.resolve("env"))) {
      return new Settings(
          lines
              .map(line -> line.split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String get(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  Path path(String name) {
    return Path.of(get(name));
  }
}
