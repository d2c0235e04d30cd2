package dev.appenv.operator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.appenv.operator.release.RegistryCredentials.Login;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lets us in, kept for as long as it holds: a login itself, or a token that the registry's own
 * token server gives for it.
 */
final class Authorizations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_KEPT = 10_000;

  /** Of a login, which does not end by itself. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Of a token that does not say. */
  private static final Duration USUAL = Duration.ofSeconds(60);

  /** A token that ends on the way is of no use. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** For what, and by whom. */
  record Purpose(String registry, String path, Optional<Login> login) {
    static Purpose of(ImageReference image, Optional<Login> login) {
      return new Purpose(image.registry(), image.path(), login);
    }
  }

  /** The answer to a challenge. */
  sealed interface Grant {
    /**
     * We are let in with this.
     *
     * @param authorization the header's value; a secret
     */
    record Granted(String authorization) implements Grant {
      @Override
      public String toString() {
        return "Granted[***]";
      }
    }

    record Refused(Lookup why) implements Grant {}
  }

  private record Kept(String authorization, Instant end) {
    @Override
    public String toString() {
      return "Kept[***, " + end + "]";
    }
  }

  private final Requests requests;
  private final Pauses pauses;
  private final InstantSource clock;
  private final Cache<Purpose, Kept> kept = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  Authorizations(Requests requests, Pauses pauses, InstantSource clock) {
    this.requests = requests;
    this.pauses = pauses;
    this.clock = clock;
  }

  Optional<String> known(Purpose purpose) {
    return Optional.ofNullable(kept.getIfPresent(purpose))
        .filter(k -> k.end().isAfter(clock.instant()))
        .map(Kept::authorization);
  }

  void forget(Purpose purpose) {
    kept.invalidate(purpose);
  }

  /**
   * @param challenges the values of {@code WWW-Authenticate}
   */
  Grant answer(Purpose purpose, List<String> challenges) throws IOException {
    forget(purpose);
    var bearer = Challenge.of("bearer", challenges);
    if (bearer.isPresent()) return token(purpose, bearer.get());
    if (Challenge.of("basic", challenges).isPresent())
      return purpose
          .login()
          .<Grant>map(login -> keep(purpose, basic(login), KEPT))
          .orElseGet(() -> new Grant.Refused(denied(purpose)));
    return new Grant.Refused(
        new Lookup.Unreachable(
            "The registry %s wants to know who asks in a way that is not known here; Basic and Bearer are"
                .formatted(purpose.registry())));
  }

  private Grant keep(Purpose purpose, String authorization, Duration lasting) {
    kept.put(purpose, new Kept(authorization, clock.instant().plus(lasting)));
    return new Grant.Granted(authorization);
  }

  private Grant token(Purpose purpose, Challenge challenge) throws IOException {
    var server = server(challenge, purpose);
    if (server.isEmpty())
      return new Grant.Refused(
          new Lookup.Unreachable(
              "The registry %s names no token server with an https address"
                  .formatted(purpose.registry())));
    var response =
        requests.send(
            "GET",
            server.get(),
            Map.of("Accept", "application/json"),
            purpose.login().map(Authorizations::basic));
    return switch (response.statusCode()) {
      case HttpURLConnection.HTTP_OK -> token(purpose, response.body());
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          new Grant.Refused(denied(purpose));
      case HttpRegistry.TOO_MANY_REQUESTS ->
          new Grant.Refused(pauses.begin(purpose.registry(), response.headers()));
      default ->
          new Grant.Refused(
              new Lookup.Unreachable(
                  "The token server of the registry %s answers with status %d"
                      .formatted(purpose.registry(), response.statusCode())));
    };
  }

  private Grant token(Purpose purpose, byte[] body) throws IOException {
    JsonNode answer = JSON.readTree(body);
    var token = answer.path("token").asText(answer.path("access_token").asText(""));
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~'))
      return new Grant.Refused(
          new Lookup.Unreachable(
              "The token server of the registry %s gives no token".formatted(purpose.registry())));
    var lasting = Duration.ofSeconds(answer.path("expires_in").asLong(USUAL.toSeconds()));
    return keep(purpose, "Bearer " + token, lasting.minus(MARGIN));
  }

  private static Optional<URI> server(Challenge challenge, Purpose purpose) {
    var query = new StringBuilder();
    challenge.parameter("service").ifPresent(service -> add(query, "service", service));
    add(
        query,
        "scope",
        challenge
            .parameter("scope")
            .orElseGet(() -> "repository:%s:pull".formatted(purpose.path())));
    return challenge
        .parameter("realm")
        .flatMap(realm -> {
          try {
            return Optional.of(URI.create(realm + (realm.contains("?") ? "&" : "?") + query));
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        })
        .filter(Requests::isSafe);
  }

  private static void add(StringBuilder query, String name, String value) {
    query
        .append(query.isEmpty() ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  private static String basic(Login login) {
    var pair = login.username() + ":" + login.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Registries do not tell the one from the other. */
  static Lookup denied(Purpose purpose) {
    return new Lookup.Denied(
        purpose
            .login()
            .map(login ->
                "The registry %s does not let user %s read %s, or does not have it"
                    .formatted(purpose.registry(), login.username(), purpose.path()))
            .orElseGet(() ->
                "The registry %s does not let everybody read %s, or does not have it"
                    .formatted(purpose.registry(), purpose.path())));
  }
}
