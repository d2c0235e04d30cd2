package dev.appenv.operator.registry;

import dev.appenv.operator.registry.Authorizations.Grant;
import dev.appenv.operator.registry.Authorizations.Purpose;
import dev.appenv.operator.release.RegistryCredentials.Login;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;

/**
 * Registries over HTTP, as the OCI's distribution specification has it. Each is asked a few things
 * at a time, and left alone when it says so.
 */
public final class HttpRegistry implements Registry, AutoCloseable {
  static final int TOO_MANY_REQUESTS = 429;
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int AT_ONCE = 4;
  private static final String DIGEST = "Docker-Content-Digest";

  /** An index comes first: it stands for the image on every architecture, as docker pulls it. */
  private static final Map<String, String> ACCEPT =
      Map.of(
          "Accept",
          String.join(
              ", ",
              "application/vnd.oci.image.index.v1+json",
              "application/vnd.docker.distribution.manifest.list.v2+json",
              "application/vnd.oci.image.manifest.v1+json",
              "application/vnd.docker.distribution.manifest.v2+json"));

  private final Requests requests;
  private final Pauses pauses;
  private final Authorizations authorizations;
  private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();

  public HttpRegistry(InstantSource clock) {
    this(clock, DEADLINE);
  }

  HttpRegistry(InstantSource clock, Duration deadline) {
    this.requests = new Requests(deadline);
    this.pauses = new Pauses(clock);
    this.authorizations = new Authorizations(requests, pauses, clock);
  }

  @Override
  public Lookup resolve(String image, Optional<Login> login) {
    var reference = ImageReference.of(image);
    if (reference.isEmpty())
      return new Lookup.Invalid("%s cannot be the name of an image".formatted(image));
    return reference
        .get()
        .digest()
        .<Lookup>map(Lookup.Found::new)
        .orElseGet(() -> inTurn(reference.get(), login));
  }

  private Lookup inTurn(ImageReference image, Optional<Login> login) {
    var slot = slots.computeIfAbsent(image.registry(), _ -> new Semaphore(AT_ONCE));
    try {
      slot.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unreachable(image, "the question was interrupted");
    }
    try {
      var pause = pauses.of(image.registry());
      return pause.isPresent() ? pause.get() : ask(image, Purpose.of(image, login));
    } catch (IOException e) {
      return unreachable(image, problem(e));
    } finally {
      slot.release();
    }
  }

  private Lookup ask(ImageReference image, Purpose purpose) throws IOException {
    var authorization = authorizations.known(purpose);
    var response = requests.send("HEAD", image.manifest(), ACCEPT, authorization);
    if (response.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      var challenges = response.headers().allValues("WWW-Authenticate");
      switch (authorizations.answer(purpose, challenges)) {
        case Grant.Refused(var why) -> {
          return why;
        }
        case Grant.Granted(var granted) -> authorization = Optional.of(granted);
      }
      response = requests.send("HEAD", image.manifest(), ACCEPT, authorization);
    }
    if (response.statusCode() == HttpURLConnection.HTTP_OK) {
      var digest = response.headers().firstValue(DIGEST).filter(Digests::isValid);
      if (digest.isPresent()) return new Lookup.Found(digest.get());
      response = requests.send("GET", image.manifest(), ACCEPT, authorization);
      if (response.statusCode() == HttpURLConnection.HTTP_OK)
        return new Lookup.Found(Digests.of(response.body()));
    }
    return failed(image, purpose, response);
  }

  private Lookup failed(ImageReference image, Purpose purpose, HttpResponse<?> response) {
    return switch (response.statusCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          new Lookup.Missing(
              "The registry %s does not have %s:%s"
                  .formatted(image.registry(), image.path(), image.tag()));
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN -> {
        authorizations.forget(purpose);
        yield Authorizations.denied(purpose);
      }
      case TOO_MANY_REQUESTS -> pauses.begin(image.registry(), response.headers());
      default -> unreachable(image, "it answers with status " + response.statusCode());
    };
  }

  private static Lookup unreachable(ImageReference image, String why) {
    return new Lookup.Unreachable(
        "The registry %s cannot be asked for %s:%s: %s"
            .formatted(image.registry(), image.path(), image.tag(), why));
  }

  private static String problem(IOException problem) {
    for (Throwable at = problem; at != null; at = at.getCause())
      if (at instanceof UnresolvedAddressException) return "its name does not resolve";
    return switch (problem) {
      case HttpTimeoutException e -> "it does not answer in time";
      case ConnectException e -> "nothing listens there";
      case SSLException e ->
          "its certificate is not one that the operator trusts (%s)".formatted(e.getMessage());
      case InterruptedIOException e -> "the question was interrupted";
      default -> problem.getMessage() == null ? problem.toString() : problem.getMessage();
    };
  }

  @Override
  public void close() {
    requests.close();
  }
}
