package dev.appenv.operator.release;

import java.util.Map;
import java.util.SortedMap;

/**
 * The file of variables that compose reads beside a compose file: for its own {@code ${...}}, and
 * for containers whose {@code env_file} names it.
 */
public final class EnvFile {
  static final String NAME = ".env";

  private EnvFile() {}

  /**
   * @param variables by name, sorted so that equal variables make equal files
   */
  static String render(SortedMap<String, String> variables) {
    var out = new StringBuilder("# Written by AppEnv at each release; changes here are undone.\n");
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      out.append(variable.getKey()).append("='").append(quotable(variable)).append("'\n");
    }
    return out.toString();
  }

  /** Between single quotes compose takes everything as it is. */
  private static String quotable(Map.Entry<String, String> variable) {
    String value = variable.getValue();
    if (value.indexOf('\'') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(
          variable.getKey() + " has a quote or a line break and cannot be written");
    }
    return value;
  }
}
