package dev.appenv.operator.release;

/**
 * What the edge reads: which path leads to which containers, by the file provider's format of
 * Traefik 3.
 */
final class RoutesFile {
  static final String NAME = "routes.yml";

  private RoutesFile() {}

  /**
   * @param release the release's id. Inside of the machine the edge answers {@code /release/ID} as
   *     soon as it minds this file
   */
  static String render(Ingress ingress, String release) {
    var out = new StringBuilder("# Written by AppEnv at each release; changes here are undone.\n");
    out.append("# release: ").append(release).append('\n');
    out.append("http:\n  routers:\n");
    out.append(
        "    release: {entryPoints: [inside], rule: \"Path(`/release/%s`)\", service: ping@internal}\n"
            .formatted(release));
    var number = 0;
    for (var route : ingress.routes()) {
      out.append("    route-%d:\n".formatted(++number));
      out.append("      entryPoints: [web]\n");
      out.append("      rule: \"%s\"\n".formatted(rule(route)));
      out.append("      priority: %d\n".formatted(route.path().length()));
      out.append("      middlewares: [retry]\n");
      out.append("      service: route-%d\n".formatted(number));
    }
    // Only what no container has answered is asked once more.
    out.append("  middlewares:\n    retry: {retry: {attempts: 3, initialInterval: 50ms}}\n");
    out.append("  services:\n");
    number = 0;
    for (var route : ingress.routes())
      out.append(
          "    route-%d: {loadBalancer: {servers: [{url: \"http://%s:%d\"}]}}\n"
              .formatted(++number, Edge.alias(route.service(), release), route.port()));
    return out.toString();
  }

  private static String rule(Ingress.Route route) {
    return route.path().equals("/")
        ? "PathPrefix(`/`)"
        : "Path(`%1$s`) || PathPrefix(`%1$s/`)".formatted(route.path());
  }
}
