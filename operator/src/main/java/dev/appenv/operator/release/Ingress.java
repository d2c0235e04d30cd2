package dev.appenv.operator.release;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which services answer from outside.
 *
 * @param routes by path; the one of {@code /} gets what no other takes
 */
public record Ingress(List<Route> routes) {
  public Ingress {
    routes = List.copyOf(routes);
  }

  /**
   * Requests for a path and all below it go to a service.
   *
   * @param path {@code /}, or segments without a slash at the end
   * @param port that the service listens on inside its container
   */
  public record Route(String path, String service, int port) {}

  /** One service gets all requests. */
  public static Ingress to(String service, int port) {
    return new Ingress(List.of(new Route("/", service, port)));
  }

  /** The names of the services that it leads to. */
  public Set<String> services() {
    return routes.stream().map(Route::service).collect(Collectors.toUnmodifiableSet());
  }
}
