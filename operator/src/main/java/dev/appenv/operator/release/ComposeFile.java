package dev.appenv.operator.release;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a compose file came to when read. */
public sealed interface ComposeFile {

  record Valid(String text, ComposeModel model) implements ComposeFile {}

  /** Says all that is wrong, in which line and field, and what to do. */
  record Invalid(String message) implements ComposeFile {}

  static ComposeFile parse(String yaml) {
    return parse(yaml, null);
  }

  /** Also checks that the file can serve {@code ingress}. */
  static ComposeFile parse(String yaml, @Nullable Ingress ingress) {
    return parse(yaml, ingress, Set.of());
  }

  /**
   * Also lets the file use variables.
   *
   * @param variables the names of those that will have a value on the machine
   */
  static ComposeFile parse(String yaml, @Nullable Ingress ingress, Set<String> variables) {
    return new ComposeReader(yaml, ingress, variables).read();
  }
}
