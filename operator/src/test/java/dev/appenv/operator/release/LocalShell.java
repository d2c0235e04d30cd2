package dev.appenv.operator.release;

import dev.appenv.operator.release.transport.RemoteShell;
import dev.appenv.operator.release.transport.ShellResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs commands in this machine's shell, with {@code bin} first in PATH; remembers them, and can
 * break off.
 */
final class LocalShell implements RemoteShell {
  private final Path bin;
  final List<String> commands = new ArrayList<>();
  Predicate<String> lostBefore = command -> false;

  LocalShell(Path bin) {
    this.bin = bin;
  }

  @Override
  public ShellResult run(String command, byte[] stdin, Duration timeout) {
    commands.add(command);
    if (lostBefore.test(command)) {
      return new ShellResult.Lost("The connection was lost.");
    }
    var builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    try {
      Process process = builder.start();
      var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
      var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      try (var in = process.getOutputStream()) {
        in.write(stdin);
      } catch (IOException e) {
        // The command did not want its input.
      }
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new ShellResult.TimedOut("The command took too long.");
      }
      return new ShellResult.Exited(process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ShellResult.Interrupted();
    }
  }

  private static String text(java.io.InputStream in) {
    try {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
