package dev.appenv.operator.release;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has to know of one service of a compose file.
 *
 * @param image with variables' defaults put in
 * @param build the file also says how to build it; the operator only pulls
 * @param restart the policy the file sets; empty where it sets none
 * @param replicas containers that should run
 * @param active false for a service that starts only with a profile
 * @param runsToCompletion another service waits for it to end, so ended with 0 is how it should be
 * @param dependsOn names of services
 * @param hostPorts what it publishes on the machine over TCP
 * @param attachment how it is reached by others
 * @param keepsFiles whether it writes to volumes, so that no two of it may run at once
 */
public record ComposeService(
    String name,
    String image,
    boolean build,
    boolean healthcheck,
    Optional<String> restart,
    int replicas,
    boolean active,
    boolean runsToCompletion,
    List<String> dependsOn,
    List<HostPort> hostPorts,
    Attachment attachment,
    boolean keepsFiles) {

  /**
   * What of the machine a service takes for itself.
   *
   * @param containerName whether the file names its container
   * @param publishes whether it publishes anything on the machine
   * @param networkMode such as {@code host}; empty where it is on networks
   * @param networks that the file names; none for the default one
   */
  public record Attachment(
      boolean containerName,
      boolean publishes,
      Optional<String> networkMode,
      List<String> networks) {}

  /** The image, with its digest as far as that is known. */
  String reference(@Nullable String digest) {
    return digest == null || image.contains("@") ? image : image + "@" + digest;
  }

  /**
   * Ports of the machine, {@code from} to {@code to}, both included.
   *
   * @param container the port inside, or a range of them, as written
   */
  public record HostPort(int from, int to, String container) {
    public boolean covers(int port) {
      return from <= port && port <= to;
    }
  }
}
