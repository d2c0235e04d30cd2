package dev.appenv.operator.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Single requests, each within a deadline. Redirects are followed; what lets us in stays with the
 * host that it is for.
 */
final class Requests implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;

  /** Registries refuse larger manifests. */
  private static final long MOST_BYTES = 4L << 20;

  private final HttpClient client;
  private final Duration deadline;

  Requests(Duration deadline) {
    this.deadline = deadline;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(deadline)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * @param headers besides that which lets us in
   */
  HttpResponse<byte[]> send(
      String method, URI uri, Map<String, String> headers, Optional<String> authorization)
      throws IOException {
    var at = uri;
    var shown = authorization;
    for (var i = 0; i <= MOST_REDIRECTS; i++) {
      var response = once(method, at, headers, shown);
      if (!isRedirect(response.statusCode())) return response;
      var next = next(at, response);
      if (!sameOrigin(at, next)) shown = Optional.empty();
      at = next;
    }
    throw new IOException("it leads on and on");
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private static URI next(URI at, HttpResponse<?> response) throws IOException {
    var location = response.headers().firstValue("Location").orElse("");
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("it leads on to what is no address", e);
    }
    if (location.isEmpty() || !isSafe(next))
      throw new IOException("it leads on to what is not https");
    return next;
  }

  /** Nobody on the way can read along. */
  static boolean isSafe(URI uri) {
    var host = uri.getHost();
    return host != null
        && ("https".equalsIgnoreCase(uri.getScheme())
            || ("http".equalsIgnoreCase(uri.getScheme()) && ImageReference.isLocal(host)));
  }

  private static boolean sameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }

  private HttpResponse<byte[]> once(
      String method, URI uri, Map<String, String> headers, Optional<String> authorization)
      throws IOException {
    var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::setHeader);
    authorization.ifPresent(value -> request.setHeader("Authorization", value));
    var answer =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      // A deadline for the whole: the request's own ends with the headers.
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within " + deadline.toSeconds() + " s");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException problem) throw problem;
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
