package dev.appenv.operator.release;

import java.util.Map;
import java.util.TreeMap;

/**
 * The proxy between the machine's public ports and the application: a compose project of its own,
 * which outlives the application's releases. It takes its routes from a file that each release
 * brings along, so that all services change over in one moment, and nothing of it can reach Docker.
 */
public final class Edge {
  /** Of the compose project, and of its folder. */
  public static final String PROJECT = "edge";

  /** By which it reaches the services that it leads to. */
  static final String NETWORK = "appenv-edge";

  /** Traefik answers here only to who is on the machine. */
  static final int INSIDE = 8080;

  private static final int LONGEST_NAME = 40;

  private Edge() {}

  /**
   * The edge as it should be.
   *
   * @param image of Traefik 3
   * @param live what is on the machine of it now
   */
  public static DesiredRelease desired(
      String image, ReleaseIdentity identity, MachineLayout layout, RunningState live) {
    return switch (ComposeFile.parse(compose(image, layout))) {
      case ComposeFile.Valid file ->
          DesiredRelease.of(
              PROJECT, file, identity, null, new TreeMap<>(), live, Map.of(), Map.of());
      case ComposeFile.Invalid(var message) ->
          throw new IllegalStateException("the operator's own file is wrong: " + message);
    };
  }

  /** The name by which a service of one release, and of no other, is reached. */
  static String alias(String service, String release) {
    return service.substring(0, Math.min(LONGEST_NAME, service.length())) + "-" + release;
  }

  private static String compose(String image, MachineLayout layout) {
    return """
    services:
      traefik:
        image: %s
        restart: always
        command:
          - --global.sendAnonymousUsage=false
          - --global.checkNewVersion=false
          - --log.level=WARN
          - --providers.file.directory=/etc/traefik/routes
          - --providers.providersThrottleDuration=100ms
          - --entryPoints.web.address=:80
          - --entryPoints.inside.address=:%2$d
          - --ping.entryPoint=inside
        ports: ["80:80"]
        volumes: ["%3$s:/etc/traefik/routes:ro"]
        networks: [edge]
        read_only: true
        security_opt: ["no-new-privileges:true"]
        cap_drop: [ALL]
        cap_add: [NET_BIND_SERVICE]
    networks:
      edge: {name: %4$s}
    """
        .formatted(image, INSIDE, layout.routes(), NETWORK);
  }
}
