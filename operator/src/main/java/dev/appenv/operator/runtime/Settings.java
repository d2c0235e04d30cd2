package dev.appenv.operator.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own settings, from environment variables.
 *
 * @param clusterId marks what belongs to this cluster; null for the UID of the namespace {@code
 *     kube-system}
 * @param httpPort of metrics and health; 0 for any free one
 * @param sweepInterval for how long a list of live AWS resources is fresh
 * @param consistency how long a create whose answer was lost may take to show in AWS's lists
 * @param smtpHost to which applications bring their mail, with REGION for the region
 * @param edgeImage of Traefik 3, the proxy of all machines
 * @param awsShare of AWS's documented call limits that is used at most
 * @param concurrency passes that run at once
 */
record Settings(
    @Nullable String clusterId,
    int httpPort,
    Duration sweepInterval,
    Duration consistency,
    String smtpHost,
    String edgeImage,
    double awsShare,
    int concurrency,
    Path gitCache) {
  private static final String PREFIX = "APPENV_";

  /** Read by the logging configuration, not here. */
  private static final String LOG_FORMAT = "APPENV_LOG_FORMAT";

  private static final String LOG_LEVEL = "APPENV_LOG_LEVEL";

  /**
   * @throws IllegalArgumentException that names the variable and what it may be; also for one that
   *     is not known
   */
  static Settings from(Map<String, String> environment) {
    var given = new TreeMap<String, String>();
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX)) given.put(name, value);
    });
    given.remove(LOG_FORMAT);
    given.remove(LOG_LEVEL);
    var clusterId = given.remove("APPENV_CLUSTER_ID");
    var settings =
        new Settings(
            clusterId,
            take(given, "APPENV_HTTP_PORT", "8080", "a port number", Integer::parseInt),
            duration(given, "APPENV_SWEEP_INTERVAL", "PT10S"),
            duration(given, "APPENV_CONSISTENCY", "PT30S"),
            take(
                given,
                "APPENV_SMTP_HOST",
                "email-smtp.REGION.amazonaws.com",
                "the name of a host; REGION in it stands for the region",
                Settings::host),
            take(
                given,
                "APPENV_EDGE_IMAGE",
                "docker.io/library/traefik:v3.7.15",
                "the name of an image of Traefik 3 with a tag or digest",
                Settings::image),
            take(
                given,
                "APPENV_AWS_SHARE",
                "0.5",
                "a number above 0 and up to 100",
                Settings::share),
            take(given, "APPENV_CONCURRENCY", "200", "a number", Integer::parseInt),
            take(
                given,
                "APPENV_GIT_CACHE",
                System.getProperty("java.io.tmpdir") + "/appenv-git",
                "a folder",
                Path::of));
    if (!given.isEmpty())
      throw new IllegalArgumentException(
          "unknown settings: %s; see README.md for those there are"
              .formatted(String.join(", ", given.keySet())));
    return settings;
  }

  private static String host(String text) {
    if (text.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) return text;
    throw new IllegalArgumentException("not a host name");
  }

  private static String image(String text) {
    if (text.matches("[a-z0-9][a-zA-Z0-9._:/-]*(@sha256:[0-9a-f]{64})?")) return text;
    throw new IllegalArgumentException("not the name of an image");
  }

  private static double share(String text) {
    var share = Double.parseDouble(text);
    if (share > 0 && share <= 100) return share;
    throw new IllegalArgumentException("out of bounds");
  }

  private static Duration duration(Map<String, String> given, String name, String fallback) {
    return take(given, name, fallback, "an ISO 8601 duration such as PT10S", Duration::parse);
  }

  private static <T> T take(
      Map<String, String> given,
      String name,
      String fallback,
      String what,
      Function<String, T> parse) {
    var text = given.containsKey(name) ? given.remove(name) : fallback;
    try {
      return parse.apply(text == null ? fallback : text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException("%s is %s; it must be %s".formatted(name, text, what), e);
    }
  }
}
