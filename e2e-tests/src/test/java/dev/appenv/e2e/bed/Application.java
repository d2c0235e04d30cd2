package dev.appenv.e2e.bed;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The application of an environment, asked from outside by its public address. */
public final class Application {
  private static final Duration COMMAND = Duration.ofSeconds(90);
  private static final List<String> CURL = List.of("curl", "-sS", "-m", "20");

  /** What only reads may be asked again. */
  private static final List<String> AGAIN =
      List.of("-f", "--retry", "3", "--retry-delay", "1", "--retry-all-errors");

  private final Shell inside;
  private final String url;

  Application(Shell inside, String url) {
    this.inside = inside;
    this.url = url.endsWith("/") ? url : url + "/";
  }

  /** What it answers; must succeed, as all of these. */
  public String get(String path) {
    return curl(path, AGAIN);
  }

  public String post(String path, String body) {
    return curl(path, List.of("--fail-with-body", "--data-binary", body));
  }

  public String put(String path, String body) {
    return curl(path, List.of("--fail-with-body", "-X", "PUT", "--data-binary", body));
  }

  private String curl(String path, List<String> more) {
    var command = Stream.of(CURL, more, List.of(url + path)).flatMap(List::stream);
    return inside.run(COMMAND, command.toArray(String[]::new)).text();
  }
}
