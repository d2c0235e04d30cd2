package dev.appenv.e2e.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that runs, as a user would run it. */
final class Command {
  record Result(int exitCode, String output) {}

  private final Process process;
  private final Path output;

  private Command(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Command start(Map<String, String> environment, Path program, String... arguments) {
    try {
      var output = Files.createTempFile("appenv-command", ".out");
      var builder =
          new ProcessBuilder(
                  Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new Command(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result result() {
    try {
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IllegalStateException("ended after 90 s: " + process.info());
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      delete(output);
    }
  }

  /** The output of a command that must succeed. */
  String succeeds() {
    var result = result();
    if (result.exitCode() != 0) throw new AssertionError(result.output());
    return result.output();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of a table without the padding between its columns. */
  static List<String> rows(String table) {
    return table.lines().map(line -> line.strip().replaceAll(" {2,}", " | ")).toList();
  }
}
