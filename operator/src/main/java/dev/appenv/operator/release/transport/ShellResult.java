package dev.appenv.operator.release.transport;

import java.util.List;
import java.util.stream.Stream;

/** How one remote command ended. Only {@link Exited} says what it did. */
public sealed interface ShellResult {

  record Exited(int code, String stdout, String stderr) implements ShellResult {
    public boolean ok() {
      return code == 0;
    }

    /** The lines of both outputs that say something. */
    public List<String> output() {
      return Stream.of(stdout, stderr)
          .flatMap(String::lines)
          .filter(line -> !line.isBlank())
          .toList();
    }
  }

  /** Still running when its time was up; it was told to stop, and may have done anything. */
  record TimedOut(String message) implements ShellResult {}

  /** The connection went away meanwhile; the command may have done anything. */
  record Lost(String message) implements ShellResult {}

  /** The calling thread was interrupted. */
  record Interrupted() implements ShellResult {}
}
