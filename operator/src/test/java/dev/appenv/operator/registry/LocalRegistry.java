package dev.appenv.operator.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A registry on loopback, with its own token server. Remembers what it was asked. */
final class LocalRegistry implements AutoCloseable {
  enum Door {
    OPEN,
    BASIC,
    BEARER
  }

  /** An answer that is none of a manifest. */
  record Answer(int status, Map<String, String> headers) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** By path and tag: {@code shop/web:v1}. */
  final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

  /** Each request in order: method, path, and {@code with} what if anything. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  final List<String> accepted = new CopyOnWriteArrayList<>();

  /** What comes in place of manifests, by path and tag. */
  final Map<String, Answer> instead = new ConcurrentHashMap<>();

  volatile Door door = Door.OPEN;
  volatile String login = "puller:s3cret";
  volatile boolean forAll;
  volatile boolean tellsDigest = true;
  volatile int tokenSeconds = 300;
  volatile int tokenStatus = 200;
  volatile String realm = "";

  LocalRegistry() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v2/", this::manifest);
    server.createContext("/token", this::token);
    server.start();
    realm = "http://" + host() + "/token";
  }

  String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Its name for an image. */
  String image(String pathAndTag) {
    return host() + "/" + pathAndTag;
  }

  String push(String pathAndTag, String content) {
    var manifest = content.getBytes(StandardCharsets.UTF_8);
    manifests.put(pathAndTag, manifest);
    return Digests.of(manifest);
  }

  long asked(String begin) {
    return asked.stream().filter(line -> line.startsWith(begin)).count();
  }

  private void manifest(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().replaceFirst("/v2/", "");
      var name = path.replaceFirst("/manifests/", ":");
      var authorization = exchange.getRequestHeaders().getFirst("Authorization");
      asked.add(exchange.getRequestMethod() + " " + name + (authorization == null ? "" : " with"));
      accepted.addAll(exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
      var other = instead.get(name);
      if (other != null) {
        answer(exchange, other);
        return;
      }
      if (!isLetIn(authorization, path.replaceFirst("/manifests/.*", ""))) {
        challenge(exchange, path.replaceFirst("/manifests/.*", ""));
        return;
      }
      var manifest = manifests.get(name);
      if (manifest == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (tellsDigest)
        exchange.getResponseHeaders().set("Docker-Content-Digest", Digests.of(manifest));
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, manifest.length);
        exchange.getResponseBody().write(manifest);
      }
    }
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), -1);
  }

  private boolean isLetIn(@Nullable String authorization, String path) {
    return switch (door) {
      case OPEN -> true;
      case BASIC -> basic(login).equals(authorization);
      case BEARER -> "Bearer token-for-repository:%s:pull".formatted(path).equals(authorization);
    };
  }

  private void challenge(HttpExchange exchange, String path) throws IOException {
    exchange
        .getResponseHeaders()
        .set(
            "WWW-Authenticate",
            door == Door.BASIC
                ? "Basic realm=\"a, \\\"quoted\\\" realm\""
                : "Bearer realm=\"%s\",service=\"registry.test\",scope=\"repository:%s:pull\""
                    .formatted(realm, path));
    exchange.sendResponseHeaders(401, -1);
  }

  private void token(HttpExchange exchange) throws IOException {
    try (exchange) {
      var query = exchange.getRequestURI().getRawQuery();
      var authorization = exchange.getRequestHeaders().getFirst("Authorization");
      asked.add(
          "TOKEN "
              + URLDecoder.decode(query, StandardCharsets.UTF_8)
              + (authorization == null ? "" : " with"));
      if (tokenStatus != 200) {
        answer(exchange, new Answer(tokenStatus, Map.of("Retry-After", "30")));
        return;
      }
      if (!forAll && !basic(login).equals(authorization)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      var scope = URLDecoder.decode(query.replaceFirst(".*scope=", ""), StandardCharsets.UTF_8);
      var body =
          "{\"token\": \"token-for-%s\", \"expires_in\": %d}"
              .formatted(scope, tokenSeconds)
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
