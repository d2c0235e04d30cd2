package dev.appenv.operator.release;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes secrets out of what programs print, before anybody reads it. */
final class Masking {
  private static final String MASK = "***";
  private static final int MAX_LINE = 500;

  /** To blank out every "a" would hide what went wrong, and no such password is a secret. */
  private static final int SHORTEST = 4;

  private static final Pattern URL_USER = Pattern.compile("(?<=://)[^/\\s@]+:[^/\\s@]+(?=@)");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:pass(?:word|wd)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization)"
              + "[\\w-]*[\"']?\\s*[=:]\\s*(?:bearer |basic )?[\"']?)([^\\s\"',;]+)");
  private static final Pattern AWS_KEY = Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b");
  private static final Pattern CONTROL = Pattern.compile("\\x1b\\[[0-9;]*[A-Za-z]|\\p{Cntrl}");

  private final List<String> known;

  /**
   * @param secrets that programs may print, beside the registries' passwords
   */
  Masking(RegistryCredentials credentials, Set<String> secrets) {
    known =
        Stream.concat(
                credentials.logins().stream().map(RegistryCredentials.Login::password),
                secrets.stream())
            .filter(secret -> secret.length() >= SHORTEST)
            // The longer first, for it may hold the shorter.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  String mask(String line) {
    String masked = CONTROL.matcher(line).replaceAll("");
    for (String secret : known) {
      masked = masked.replace(secret, MASK);
    }
    masked = URL_USER.matcher(masked).replaceAll(MASK);
    masked = NAMED.matcher(masked).replaceAll("$1" + MASK);
    masked = AWS_KEY.matcher(masked).replaceAll(MASK);
    return masked.length() > MAX_LINE ? masked.substring(0, MAX_LINE) + "..." : masked;
  }

  /** The last lines that say something. */
  List<String> last(int count, List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
        .map(this::mask)
        .toList();
  }
}
