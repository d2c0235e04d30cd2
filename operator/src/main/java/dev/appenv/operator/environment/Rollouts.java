package dev.appenv.operator.environment;

import dev.appenv.api.Defaults;
import dev.appenv.operator.release.DesiredRelease;
import dev.appenv.operator.release.RegistryCredentials;
import dev.appenv.operator.release.Rollout;
import dev.appenv.operator.release.RolloutOptions;
import dev.appenv.operator.release.RolloutResult;
import dev.appenv.operator.release.RolloutResult.Failed;
import dev.appenv.operator.release.RolloutResult.Reason;
import dev.appenv.operator.release.RolloutResult.RolloutStep;
import dev.appenv.operator.release.transport.Connection;
import dev.appenv.operator.release.transport.SshTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rollouts in the background, one at a time for an environment. One that failed is tried again,
 * ever more seldom but for ever.
 */
final class Rollouts {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration DEFAULT_TIMEOUT =
      Durations.parse(Defaults.RELEASE_TIMEOUT, RolloutOptions.STANDARD.untilHealthy());
  private static final int DOUBLINGS = 6;

  /**
   * @param generation of the environment when it was begun: a changed spec is tried at once
   */
  record Ended(String commit, long generation, RolloutResult result) {}

  private record Tries(String commit, long generation, int count) {}

  private final Secrets secrets;
  private final Machines machines;
  private final Background<Ended> running;
  private final Map<String, Tries> tries = new ConcurrentHashMap<>();

  Rollouts(Secrets secrets, Machines machines, Background<Ended> running) {
    this.secrets = secrets;
    this.machines = machines;
    this.running = running;
  }

  boolean isRunning(String uid) {
    return running.isRunning(uid);
  }

  /** How the last rollout of this commit failed, if it did. */
  Optional<Failed> failure(String uid, String commit) {
    return running
        .last(uid)
        .filter(ended -> ended.commit().equals(commit))
        .map(Ended::result)
        .filter(Failed.class::isInstance)
        .map(Failed.class::cast);
  }

  /** The machine runs what it should: the next rollout need not wait. */
  void succeeded(String uid) {
    if (tries.remove(uid) != null) running.expire(uid);
  }

  void forget(String uid) {
    tries.remove(uid);
    running.forget(uid);
  }

  /**
   * @param due what is to be rolled out, in this order
   */
  void start(Releases.Request request, SshTarget target, String commit, List<DesiredRelease> due) {
    var uid = request.uid();
    var generation = request.environment().getMetadata().getGeneration();
    var before = tries.get(uid);
    var count =
        before != null && before.commit().equals(commit) && before.generation() == generation
            ? before.count()
            : 0;
    running.refresh(
        uid,
        count == 0 ? Duration.ZERO : wait(count),
        () -> {
          tries.put(uid, new Tries(commit, generation, count + 1));
          try {
            return new Ended(commit, generation, rollOut(request, target, due));
          } finally {
            machines.discard(uid);
          }
        });
  }

  private static Duration wait(int count) {
    var wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - 1, DOUBLINGS));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private RolloutResult rollOut(
      Releases.Request request, SshTarget target, List<DesiredRelease> due) {
    return switch (PullSecret.read(secrets, request.environment())) {
      case Secrets.Answer.Missing<RegistryCredentials>(var problem) ->
          failed(RolloutStep.LOGIN, Reason.REGISTRY_DENIED, problem.message());
      case Secrets.Answer.Here<RegistryCredentials>(var credentials) ->
          switch (machines.connect(target)) {
            case Connection.Connected(var shell) ->
                new Rollout(shell).run(due, credentials, options(request));
            case Connection.Refused(var message) -> lost(message);
            case Connection.TimedOut(var message) -> lost(message);
            case Connection.HostKeyChanged(var message) -> lost(message);
            case Connection.AuthenticationFailed(var message) -> lost(message);
          };
    };
  }

  private static Failed lost(String message) {
    return failed(RolloutStep.PREPARE, Reason.SSH_LOST, message);
  }

  private static Failed failed(RolloutStep step, Reason reason, String message) {
    return new Failed(step, reason, message, List.of(), true);
  }

  private static RolloutOptions options(Releases.Request request) {
    var spec = request.environment().getSpec().release();
    var standard = RolloutOptions.STANDARD;
    var untilHealthy = Durations.parse(spec == null ? null : spec.timeout(), DEFAULT_TIMEOUT);
    return new RolloutOptions(
        standard.total().plus(untilHealthy),
        untilHealthy,
        standard.drain(),
        standard.keepReleases(),
        Releases.repairs(request.policy()));
  }
}
