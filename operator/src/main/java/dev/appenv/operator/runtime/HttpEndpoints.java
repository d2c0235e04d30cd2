package dev.appenv.operator.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** {@code /metrics}, {@code /livez} and {@code /readyz}. */
final class HttpEndpoints implements AutoCloseable {
  private final HttpServer server;

  /**
   * @param live what is wrong with the process; nothing when it makes progress
   * @param ready what is missing before it can work
   */
  HttpEndpoints(
      int port,
      Supplier<String> metrics,
      Supplier<Optional<String>> live,
      Supplier<Optional<String>> ready)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext(
        "/metrics", e -> answer(e, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    server.createContext("/livez", e -> check(e, live.get()));
    server.createContext("/readyz", e -> check(e, ready.get()));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void check(HttpExchange exchange, Optional<String> wrong) throws IOException {
    answer(exchange, wrong.isEmpty() ? 200 : 503, "text/plain", wrong.orElse("ok") + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
