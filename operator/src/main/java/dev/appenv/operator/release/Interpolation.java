package dev.appenv.operator.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compose's {@code ${VAR:-default}}, resolved as compose will on a machine with no variables but
 * the given.
 */
final class Interpolation {
  /** Compose knows these of itself. */
  static final Map<String, String> BUILT_IN = Map.of("COMPOSE_PROJECT_NAME", "app");

  private final Map<String, String> known;
  private final List<String> unknown = new ArrayList<>();
  private boolean malformed;

  private Interpolation(Map<String, String> known) {
    this.known = known;
  }

  /**
   * @param unknown variables that have neither a value nor a default
   * @param malformed a dollar sign that begins no variable
   */
  record Result(String text, List<String> unknown, boolean malformed) {}

  static Result resolve(String text, Map<String, String> known) {
    if (text.indexOf('$') < 0) {
      return new Result(text, List.of(), false);
    }
    var run = new Interpolation(known);
    String resolved = run.replace(text);
    return new Result(resolved, List.copyOf(run.unknown), run.malformed);
  }

  private String replace(String text) {
    var out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$') {
        out.append(c);
        at++;
      } else if (text.startsWith("$$", at)) {
        out.append('$');
        at += 2;
      } else if (text.startsWith("${", at)) {
        int end = closing(text, at + 2);
        if (end < 0) {
          malformed = true;
          return text;
        }
        out.append(braced(text.substring(at + 2, end)));
        at = end + 1;
      } else {
        int end = nameEnd(text, at + 1);
        if (end == at + 1) {
          malformed = true;
          return text;
        }
        out.append(value(text.substring(at + 1, end)));
        at = end;
      }
    }
    return out.toString();
  }

  private String braced(String expression) {
    int end = nameEnd(expression, 0);
    String name = expression.substring(0, end);
    String rest = expression.substring(end);
    if (name.isEmpty()) {
      malformed = true;
      return "";
    }
    if (rest.isEmpty()) {
      return value(name);
    }
    boolean emptyCounts = !rest.startsWith(":");
    String operator = emptyCounts ? rest : rest.substring(1);
    String value = known.get(name);
    boolean set = value != null && (emptyCounts || !value.isEmpty());
    char kind = operator.isEmpty() ? ' ' : operator.charAt(0);
    return switch (kind) {
      case '-' -> set && value != null ? value : replace(operator.substring(1));
      case '+' -> set ? replace(operator.substring(1)) : "";
      case '?' -> set && value != null ? value : value(name);
      default -> {
        malformed = true;
        yield "";
      }
    };
  }

  private String value(String name) {
    String value = known.get(name);
    if (value == null) {
      unknown.add(name);
      return "";
    }
    return value;
  }

  private static int nameEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isNamePart(text.charAt(at), at > from)) {
      at++;
    }
    return at;
  }

  private static boolean isNamePart(char c, boolean notFirst) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (notFirst && c >= '0' && c <= '9');
  }

  /** Where the brace that is open at {@code from} closes; -1 if nowhere. */
  private static int closing(String text, int from) {
    int depth = 1;
    for (int at = from; at < text.length(); at++) {
      if (text.startsWith("${", at)) {
        depth++;
        at++;
      } else if (text.charAt(at) == '}' && --depth == 0) {
        return at;
      }
    }
    return -1;
  }
}
