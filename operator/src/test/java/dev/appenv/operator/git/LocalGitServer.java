package dev.appenv.operator.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** Git's smart protocol over HTTP on loopback, for one repository at {@code /shop.git}. */
public final class LocalGitServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Repository repository;
  private final @Nullable String credentials;
  final AtomicInteger listings = new AtomicInteger();
  final AtomicInteger packs = new AtomicInteger();
  volatile int status = 200;
  volatile Runnable beforeListing = () -> {};

  public LocalGitServer(Repository repository, @Nullable String credentials) throws IOException {
    this.repository = repository;
    this.credentials = credentials;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/shop.git";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String expected =
          credentials == null
              ? null
              : "Basic "
                  + Base64.getEncoder()
                      .encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
      if (status != 200) {
        exchange.sendResponseHeaders(status, -1);
      } else if (!exchange.getRequestURI().getPath().startsWith("/shop.git/")) {
        exchange.sendResponseHeaders(404, -1);
      } else if (expected != null
          && !expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
      } else {
        serve(exchange);
      }
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    var out = new ByteArrayOutputStream();
    String version = exchange.getRequestHeaders().getFirst("Git-Protocol");
    try (var pack = new UploadPack(repository)) {
      pack.setBiDirectionalPipe(false);
      pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
      if (version != null) {
        pack.setExtraParameters(List.of(version));
      }
      boolean advertisement = exchange.getRequestURI().getPath().endsWith("/info/refs");
      if (advertisement) {
        beforeListing.run();
        listings.incrementAndGet();
        var lines = new PacketLineOut(out);
        lines.writeString("# service=git-upload-pack\n");
        lines.end();
        pack.sendAdvertisedRefs(
            new RefAdvertiser.PacketLineOutRefAdvertiser(lines), "git-upload-pack");
      } else {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        var body = exchange.getRequestBody();
        pack.upload(zipped ? new GZIPInputStream(body) : body, out, null);
        if (out.size() > 0 && out.toString(StandardCharsets.ISO_8859_1).contains("PACK")) {
          packs.incrementAndGet();
        }
      }
      exchange
          .getResponseHeaders()
          .set(
              "Content-Type",
              "application/x-git-upload-pack-" + (advertisement ? "advertisement" : "result"));
    }
    byte[] bytes = out.toByteArray();
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
