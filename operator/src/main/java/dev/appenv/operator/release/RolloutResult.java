package dev.appenv.operator.release;

import java.util.List;

/** How a rollout ended. */
public sealed interface RolloutResult {

  record Done(RunningState state) implements RolloutResult {}

  /**
   * The release does not run.
   *
   * @param message what is wrong, where, and what to do
   * @param lastLines of the failing containers or command, at most 20, without secrets
   * @param oldReleaseKept the release from before still runs, or was brought back
   */
  record Failed(
      RolloutStep step,
      Reason reason,
      String message,
      List<String> lastLines,
      boolean oldReleaseKept)
      implements RolloutResult {}

  enum RolloutStep {
    PREPARE,
    LOGIN,
    PULL,
    START,
    SWITCH,
    CLEAN,
    READ_BACK
  }

  enum Reason {
    REGISTRY_DENIED,
    REGISTRY_UNREACHABLE,
    IMAGE_MISSING,
    COMPOSE_INVALID,
    UNHEALTHY,
    PORT_TAKEN,
    NAME_TAKEN,
    DISK_FULL,
    DOCKER_DOWN,
    /** The connection went away. */
    SSH_LOST,
    TIMED_OUT,
    INTERRUPTED,
    OTHER
  }
}
