package dev.appenv.operator.release;

import static dev.appenv.operator.release.YamlTree.entries;

import dev.appenv.operator.release.ComposeService.HostPort;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one entry of a service's {@code ports:}, in its short or its long form. */
final class PublishedPort {
  private static final Pattern SHORT_PORT =
      Pattern.compile(
          "(?:(?:\\[[^]]*]|[\\d.]+):)?(\\d{1,5})(?:-(\\d{1,5}))?:(\\d{1,5}(?:-\\d{1,5})?)(?:/(tcp|udp|sctp))?");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  private PublishedPort() {}

  /** Empty where it publishes nothing over TCP on a port known beforehand. */
  static Optional<HostPort> read(Node port) {
    var fields = entries(port);
    if (fields.isEmpty()) {
      return ComposeReader.resolved(port)
          .map(SHORT_PORT::matcher)
          .filter(Matcher::matches)
          .filter(m -> m.group(4) == null || m.group(4).equals("tcp"))
          .map(m -> hostPort(m.group(1), m.group(2), m.group(3)));
    }
    if (ComposeReader.resolved(fields.get("protocol")).filter(p -> !p.equals("tcp")).isPresent()) {
      return Optional.empty();
    }
    return ComposeReader.resolved(fields.get("published"))
        .map(RANGE::matcher)
        .filter(Matcher::matches)
        .map(m ->
            hostPort(
                m.group(1), m.group(2), ComposeReader.resolved(fields.get("target")).orElse("")));
  }

  private static HostPort hostPort(String from, @Nullable String to, String container) {
    int first = Integer.parseInt(from);
    return new HostPort(first, to == null ? first : Integer.parseInt(to), container);
  }
}
