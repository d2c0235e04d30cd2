package dev.appenv.operator.release;

import java.util.List;
import java.util.Optional;

/**
 * What the operator has to know of one service of a compose file.
 *
 * @param image with variables' defaults put in
 * @param restart the policy the file sets; empty where it sets none
 * @param replicas containers that should run
 * @param active false for a service that starts only with a profile
 * @param runsToCompletion another service waits for it to end, so ended with 0 is how it should be
 * @param dependsOn names of services
 * @param hostPorts what it publishes on the machine
 */
public record ComposeService(
    String name,
    String image,
    boolean healthcheck,
    Optional<String> restart,
    int replicas,
    boolean active,
    boolean runsToCompletion,
    List<String> dependsOn,
    List<HostPort> hostPorts) {

  /** {@code from} to {@code to}, both included. */
  public record HostPort(int from, int to, String containerPorts) {
    public boolean covers(int port) {
      return from <= port && port <= to;
    }
  }
}
