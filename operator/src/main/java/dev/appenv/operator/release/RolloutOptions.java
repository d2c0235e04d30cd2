package dev.appenv.operator.release;

import java.time.Duration;

/**
 * How long a rollout may take, and what it leaves.
 *
 * @param total for the rollout as a whole
 * @param untilHealthy for the new containers to become healthy
 * @param drain what containers that serve no more still get, to answer the requests they have
 * @param keepReleases directories kept, the current one among them
 * @param stopForeign whether containers that are not ours are stopped; false where drift is only
 *     reported
 */
public record RolloutOptions(
    Duration total, Duration untilHealthy, Duration drain, int keepReleases, boolean stopForeign) {
  public static final RolloutOptions STANDARD =
      new RolloutOptions(
          Duration.ofMinutes(15), Duration.ofMinutes(3), Duration.ofSeconds(10), 3, true);
}
