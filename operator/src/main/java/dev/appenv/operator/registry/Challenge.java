package dev.appenv.operator.registry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a registry wants to see, from its {@code WWW-Authenticate}.
 *
 * @param scheme in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final Pattern PARAMETER =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");

  private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z0-9_-]+)(?:\\s+|$)");

  /** The first of a scheme among those that were sent, one a header. */
  static Optional<Challenge> of(String scheme, List<String> headers) {
    return headers.stream()
        .map(Challenge::parse)
        .flatMap(Optional::stream)
        .filter(challenge -> challenge.scheme().equals(scheme))
        .findFirst();
  }

  private static Optional<Challenge> parse(String header) {
    var scheme = SCHEME.matcher(header);
    if (!scheme.lookingAt()) return Optional.empty();
    var parameters = new TreeMap<String, String>();
    var found = PARAMETER.matcher(header).region(scheme.end(), header.length());
    while (found.find()) {
      var quoted = found.group(2);
      parameters.put(
          found.group(1).toLowerCase(Locale.ROOT),
          quoted == null ? found.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
    }
    return Optional.of(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
  }
}
