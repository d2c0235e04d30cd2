package dev.appenv.operator.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.appenv.operator.release.RolloutResult.Failed;
import dev.appenv.operator.release.RolloutResult.Reason;
import dev.appenv.operator.release.RolloutResult.RolloutStep;
import dev.appenv.operator.release.transport.ShellResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of a rollout, step by step. */
final class RolloutRun {
  private static final Duration SHORT = Duration.ofSeconds(30);

  /**
   * How long compose may take beyond the wait for health: it stops and creates containers first.
   */
  private static final Duration STOPPING = Duration.ofSeconds(90);

  private static final int LINES = 20;

  private final RemoteScripts scripts;
  private final DesiredRelease desired;
  private final RegistryCredentials credentials;
  private final RolloutOptions options;
  private final Masking masking;
  private final long end;

  RolloutRun(
      RemoteScripts scripts,
      DesiredRelease desired,
      RegistryCredentials credentials,
      RolloutOptions options) {
    this.scripts = scripts;
    this.desired = desired;
    this.credentials = credentials;
    this.options = options;
    this.masking = new Masking(credentials, desired.secrets());
    this.end = System.nanoTime() + options.total().toNanos();
  }

  /** Carries the failure out of a step. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Failed failed;

    Stop(Failed failed) {
      super(failed.message());
      this.failed = failed;
    }
  }

  RolloutResult run() {
    try {
      String commit = desired.identity().commit();
      expect(
          RolloutStep.PREPARE, scripts.rollout("prepare", List.of(), left(Duration.ofMinutes(1))));
      RunningState before = observe(RolloutStep.PREPARE);
      var comparison = ReleaseComparison.compare(desired, before);
      upload();
      login();
      // A repair must not hang on a registry that is away, where the machine has the images still.
      String pull = comparison.newRelease() ? "always" : "missing";
      expect(RolloutStep.PULL, scripts.rollout("pull", List.of(pull), left(options.total())));
      if (options.stopForeign() && !comparison.toStop().isEmpty()) {
        expect(
            RolloutStep.START,
            scripts.rollout("stop-foreign", comparison.toStop(), left(Duration.ofMinutes(2))));
      }
      start(before);
      expect(RolloutStep.SWITCH, scripts.rollout("switch", List.of(commit), left(SHORT)));
      // What is left over does no harm and goes with the next release.
      var _ =
          scripts.rollout(
              "clean",
              List.of(Integer.toString(Math.max(1, options.keepReleases()))),
              left(Duration.ofMinutes(1)));
      return new RolloutResult.Done(observe(RolloutStep.READ_BACK));
    } catch (Stop stop) {
      return stop.failed;
    }
  }

  private void upload() throws Stop {
    for (var file : desired.files().entrySet()) {
      expect(
          RolloutStep.PREPARE,
          scripts.put(
              scripts.layout().root() + "/staging/" + file.getKey(),
              file.getValue().getBytes(StandardCharsets.UTF_8),
              left(SHORT)));
    }
  }

  /**
   * Only where images come from: a registry that this release does not need must not be able to
   * stop it.
   */
  private void login() throws Stop {
    Set<String> registries =
        desired.compose().services().values().stream()
            .map(service -> ImageName.registry(service.image()))
            .collect(Collectors.toSet());
    for (var login : credentials.logins()) {
      if (!registries.contains(ImageName.registryOfLogin(login.registry()))) {
        continue;
      }
      ShellResult result = scripts.login(login, left(Duration.ofMinutes(1)));
      if (!(result instanceof ShellResult.Exited exited && exited.ok())) {
        var _ = scripts.rollout("forget-login", List.of(), SHORT);
      }
      expect(RolloutStep.LOGIN, result);
    }
  }

  private void start(RunningState before) throws Stop {
    var identity = desired.identity();
    String wait = Long.toString(options.untilHealthy().toSeconds());
    Duration limit = options.untilHealthy().plus(STOPPING);
    ShellResult result =
        scripts.rollout(
            "start",
            arguments(List.of(identity.commit(), wait, identity.clusterId()), identity.uids()),
            left(limit));
    if (result instanceof ShellResult.Exited exited && exited.ok()) {
      return;
    }
    Failed failed = failed(RolloutStep.START, result, logsOfTheWorst());
    String old = before.currentRelease();
    if (old == null || old.equals(identity.commit()) || failed.reason() == Reason.INTERRUPTED) {
      throw new Stop(failed);
    }
    // Beyond the total if need be: the application is down now.
    ShellResult back =
        scripts.rollout(
            "back", arguments(List.of(wait, identity.clusterId()), identity.uids()), limit);
    boolean kept = back instanceof ShellResult.Exited exited && exited.ok();
    throw new Stop(
        new Failed(
            failed.step(),
            failed.reason(),
            failed.message()
                + (kept
                    ? " The release " + old + " was brought back."
                    : " The release " + old + " could not be brought back either."),
            failed.lastLines(),
            kept));
  }

  private static List<String> arguments(List<String> first, List<String> rest) {
    return Stream.concat(first.stream(), rest.stream()).toList();
  }

  /** Of the container that does worst, taken before the old release comes back in its place. */
  private List<String> logsOfTheWorst() {
    if (!(scripts.observe(SHORT) instanceof ShellResult.Exited exited) || !exited.ok()) {
      return List.of();
    }
    RunningState now;
    try {
      now = ObservationReader.read(exited.stdout());
    } catch (JsonProcessingException e) {
      return List.of();
    }
    return ServiceStatus.of(desired, now).values().stream()
        .filter(status -> status.health() != ServiceStatus.ServiceHealth.HEALTHY)
        .sorted(Comparator.comparing(ServiceStatus::health))
        .flatMap(status -> now.containersOf(status.name()).stream())
        .filter(container -> !container.state().equals("created"))
        .findFirst()
        .map(container -> scripts.rollout("logs", List.of(container.id()), SHORT))
        .map(result ->
            result instanceof ShellResult.Exited logs
                ? masking.last(LINES, logs.output())
                : List.<String>of())
        .orElse(List.of());
  }

  private RunningState observe(RolloutStep step) throws Stop {
    ShellResult.Exited exited = expect(step, scripts.observe(left(SHORT)));
    try {
      return ObservationReader.read(exited.stdout());
    } catch (JsonProcessingException e) {
      throw new Stop(
          new Failed(
              step,
              Reason.OTHER,
              "The machine's answer could not be read: it is not the JSON that was asked for.",
              List.of(),
              step != RolloutStep.READ_BACK));
    }
  }

  private ShellResult.Exited expect(RolloutStep step, ShellResult result) throws Stop {
    if (result instanceof ShellResult.Exited exited && exited.ok()) {
      return exited;
    }
    throw new Stop(failed(step, result, List.of()));
  }

  private Failed failed(RolloutStep step, ShellResult result, List<String> logs) {
    boolean untouched = step.compareTo(RolloutStep.START) < 0;
    return switch (result) {
      case ShellResult.Exited exited -> {
        List<String> output = exited.output();
        var diagnosis = Diagnosis.of(step, exited.code(), output, masking);
        List<String> lines = logs.isEmpty() ? masking.last(LINES, output) : logs;
        yield new Failed(step, diagnosis.reason(), diagnosis.message(), lines, untouched);
      }
      case ShellResult.TimedOut(String message) ->
          new Failed(step, Reason.TIMED_OUT, message, logs, untouched);
      case ShellResult.Lost(String message) ->
          new Failed(step, Reason.SSH_LOST, message, logs, untouched);
      case ShellResult.Interrupted() ->
          new Failed(
              step,
              Reason.INTERRUPTED,
              "The rollout was interrupted; run it again.",
              logs,
              untouched);
    };
  }

  /** What is left of the total, but no more than the step may take. */
  private Duration left(Duration most) {
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    return left.compareTo(most) < 0 ? left : most;
  }
}
