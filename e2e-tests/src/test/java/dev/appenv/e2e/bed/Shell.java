package dev.appenv.e2e.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end. */
final class Shell {
  record Result(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /** The output of a command that must succeed. */
    String text() {
      if (!succeeded()) throw new AssertionError("exit code " + exitCode + ": " + output);
      return output;
    }
  }

  private final List<String> prefix;
  private final Map<String, String> environment;

  /**
   * @param prefix put before each command
   */
  Shell(List<String> prefix, Map<String, String> environment) {
    this.prefix = prefix;
    this.environment = environment;
  }

  Result run(Duration limit, String... command) {
    var whole = new ArrayList<>(prefix);
    whole.addAll(List.of(command));
    try {
      var output = Files.createTempFile("appenv-e2e", ".out");
      try {
        return run(limit, whole, output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Result run(Duration limit, List<String> command, Path output)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return new Result(-1, "not ended after %s: %s".formatted(limit, command));
    }
    return new Result(
        process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
  }
}
