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
      expect(RolloutStep.PREPARE, step("prepare", List.of(), left(Duration.ofMinutes(1))));
      MachineState machine = observe(RolloutStep.PREPARE);
      RunningState before = machine.of(desired.project());
      var comparison = ReleaseComparison.compare(desired, before);
      upload();
      login();
      // A repair must not hang on a registry that is away, where the machine has the images still.
      String pull = comparison.newRelease() ? "always" : "missing";
      expect(RolloutStep.PULL, step("pull", List.of(pull), left(options.total())));
      // They may have a port that is to be published, or a name that compose needs.
      var foreign = machine.foreign(desired.identity());
      if (options.stopForeign() && !foreign.isEmpty()) {
        expect(RolloutStep.START, step("stop-foreign", foreign, left(Duration.ofMinutes(2))));
      }
      start(before);
      expect(RolloutStep.SWITCH, step("switch", List.of(desired.id()), left(SHORT)));
      expect(
          RolloutStep.CLEAN,
          step(
              "retire",
              arguments(List.of(Long.toString(options.drain().toSeconds()))),
              left(Duration.ofMinutes(2))));
      // What is left over does no harm and goes with the next release.
      var _ =
          step(
              "clean",
              List.of(Integer.toString(Math.max(1, options.keepReleases()))),
              left(Duration.ofMinutes(1)));
      return new RolloutResult.Done(observe(RolloutStep.READ_BACK).of(desired.project()));
    } catch (Stop stop) {
      return stop.failed;
    }
  }

  private void upload() throws Stop {
    for (var file : desired.files().entrySet()) {
      expect(
          RolloutStep.PREPARE,
          scripts.put(
              scripts.layout().directory(desired.project()) + "/staging/" + file.getKey(),
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
      ShellResult result = scripts.login(desired.project(), login, left(Duration.ofMinutes(1)));
      if (!(result instanceof ShellResult.Exited exited && exited.ok())) {
        var _ = step("forget-login", List.of(), SHORT);
      }
      expect(RolloutStep.LOGIN, result);
    }
  }

  private void start(RunningState before) throws Stop {
    String wait = Long.toString(options.untilHealthy().toSeconds());
    Duration limit = options.untilHealthy().plus(STOPPING);
    var order = RolloutOrder.of(desired);
    var how =
        List.of(
            desired.id(),
            wait,
            String.join(" ", order.before()),
            order.beside().stream()
                .map(service -> service.name() + ":" + service.replicas())
                .collect(Collectors.joining(" ")),
            String.join(" ", order.after()));
    ShellResult result = step("start", arguments(how), left(limit));
    if (result instanceof ShellResult.Exited exited && exited.ok()) {
      return;
    }
    Failed failed = failed(RolloutStep.START, result, logsOfTheWorst());
    String old = before.currentRelease();
    if (old == null || old.equals(desired.id()) || failed.reason() == Reason.INTERRUPTED) {
      throw new Stop(failed);
    }
    // Beyond the total if need be: some services of the old release may be down now.
    ShellResult back = step("back", arguments(List.of(desired.id(), wait)), limit);
    boolean kept = back instanceof ShellResult.Exited exited && exited.ok();
    throw new Stop(
        new Failed(
            failed.step(),
            failed.reason(),
            failed.message()
                + (kept
                    ? " The release " + old + " serves on."
                    : " Not all of the release " + old + " could be brought back."),
            failed.lastLines(),
            kept));
  }

  private ShellResult step(String name, List<String> arguments, Duration timeout) {
    return scripts.rollout(desired.project(), name, arguments, timeout);
  }

  /** Followed by whose it all is. */
  private List<String> arguments(List<String> first) {
    var identity = desired.identity();
    return Stream.of(first, List.of(identity.clusterId()), identity.uids())
        .flatMap(List::stream)
        .toList();
  }

  /** Of the container that does worst, taken before the old release comes back in its place. */
  private List<String> logsOfTheWorst() {
    if (!(scripts.observe(SHORT) instanceof ShellResult.Exited exited) || !exited.ok()) {
      return List.of();
    }
    RunningState now;
    try {
      now = ObservationReader.read(exited.stdout()).of(desired.project());
    } catch (JsonProcessingException e) {
      return List.of();
    }
    return ServiceStatus.of(desired, now).values().stream()
        .filter(status -> status.health() != ServiceStatus.ServiceHealth.HEALTHY)
        .sorted(Comparator.comparing(ServiceStatus::health))
        .flatMap(status -> now.containersOf(status.name()).stream())
        .filter(container -> !container.state().equals("created"))
        .findFirst()
        .map(container -> step("logs", List.of(container.id()), SHORT))
        .map(result ->
            result instanceof ShellResult.Exited logs
                ? masking.last(LINES, logs.output())
                : List.<String>of())
        .orElse(List.of());
  }

  private MachineState observe(RolloutStep step) throws Stop {
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
