package dev.appenv.operator.release.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A way to run commands as root on one machine. Calls block up to their timeout and end early when
 * interrupted.
 */
public interface RemoteShell {

  /** Runs one POSIX shell command line as root, with {@code stdin} as its whole input. */
  ShellResult run(String command, byte[] stdin, Duration timeout);

  default ShellResult run(String command, Duration timeout) {
    return run(command, new byte[0], timeout);
  }

  default ShellResult run(String command, String stdin, Duration timeout) {
    return run(command, stdin.getBytes(StandardCharsets.UTF_8), timeout);
  }

  /**
   * Writes a file that is there whole or not at all, and never readable by others meanwhile.
   *
   * @param mode octal, for example {@code 0600}
   */
  default ShellResult put(String path, byte[] content, String mode, Duration timeout) {
    String target = quote(path);
    String part = quote(path + ".part");
    return run(
        "umask 077; cat > %s && chmod %s %s && mv -f %s %s"
            .formatted(part, quote(mode), part, part, target),
        content,
        timeout);
  }

  /** One word for a POSIX shell, whatever it holds. */
  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
