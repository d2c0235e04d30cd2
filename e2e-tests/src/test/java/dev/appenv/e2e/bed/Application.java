package dev.appenv.e2e.bed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The application of an environment, asked from outside by its public address. By HTTPS it is known
 * by the bed's public certificates only, and HTTP/2 is spoken where it can.
 */
public final class Application {
  private static final Duration COMMAND = Duration.ofSeconds(90);
  private static final List<String> CURL = List.of("curl", "-sS", "-m", "20");

  /** What only reads may be asked again. */
  private static final List<String> AGAIN =
      List.of("-f", "--retry", "3", "--retry-delay", "1", "--retry-all-errors");

  private final Shell inside;
  private final Path root;
  private final String url;

  /**
   * @param root in which its certificate must end
   */
  Application(Shell inside, Path root, String url) {
    this.inside = inside;
    this.root = root;
    this.url = url.endsWith("/") ? url : url + "/";
  }

  /** What it answers; must succeed, as all of these. */
  public String get(String path) {
    return curl(path, AGAIN);
  }

  /** The version of HTTP that is spoken with it: 1.1 or 2. */
  public String httpVersion() {
    return curl("", List.of("-f", "-o", "/dev/null", "-w", "%{http_version}"));
  }

  public String post(String path, String body) {
    return curl(path, List.of("--fail-with-body", "--data-binary", body));
  }

  public String put(String path, String body) {
    return curl(path, List.of("--fail-with-body", "-X", "PUT", "--data-binary", body));
  }

  private String curl(String path, List<String> more) {
    var trust = List.of("--cacert", root.toString());
    var command = Stream.of(CURL, trust, more, List.of(url + path)).flatMap(List::stream);
    return inside.run(COMMAND, command.toArray(String[]::new)).text();
  }
}
