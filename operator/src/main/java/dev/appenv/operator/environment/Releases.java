package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.api.Defaults;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Gate.Judged;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Policy;
import dev.appenv.operator.release.DesiredMachine;
import dev.appenv.operator.release.DesiredRelease;
import dev.appenv.operator.release.Edge;
import dev.appenv.operator.release.MachineLayout;
import dev.appenv.operator.release.MachineState;
import dev.appenv.operator.release.ReleaseIdentity;
import dev.appenv.operator.release.RolloutResult;
import dev.appenv.operator.release.RunningState;
import dev.appenv.operator.release.ServiceStatus;
import dev.appenv.operator.release.transport.SshTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the branch's commit onto the machine and keeps it so. Decides here; reading and rolling
 * out happen in the background.
 */
final class Releases {
  private static final int SHORT = 7;
  private static final Duration IMAGE_TIMEOUT =
      Durations.parse(Defaults.IMAGE_TIMEOUT, Duration.ofMinutes(30));

  /**
   * @param target the machine, once it has an address
   * @param formerUid of the environment that had the machine before
   * @param variables what the application is told of the environment's resources
   * @param before what was reported last, by this process or the one before
   */
  record Request(
      AppEnvironment environment,
      String clusterId,
      Policy policy,
      boolean suspended,
      Optional<SshTarget> target,
      Optional<String> formerUid,
      Outputs variables,
      Report before,
      Instant now) {
    String uid() {
      return environment.getMetadata().getUid();
    }

    @Nullable ReleaseStatus last() {
      return before.release();
    }

    /** For how long an image may be missing. */
    Duration imageTimeout() {
      var spec = environment.getSpec().release();
      return Durations.parse(spec == null ? null : spec.imageTimeout(), IMAGE_TIMEOUT);
    }

    boolean isOfNewSpec() {
      return !Objects.equals(
          before.observedGeneration(), environment.getMetadata().getGeneration());
    }
  }

  private final Sources sources;
  private final Images images;
  private final Machines machines;
  private final Rollouts rollouts;
  private final Intervals intervals;
  private final String edgeImage;

  /**
   * @param edgeImage of Traefik 3, which all machines run
   */
  Releases(
      Sources sources,
      Images images,
      Machines machines,
      Rollouts rollouts,
      Intervals intervals,
      String edgeImage) {
    this.sources = sources;
    this.images = images;
    this.machines = machines;
    this.rollouts = rollouts;
    this.intervals = intervals;
    this.edgeImage = edgeImage;
  }

  ReleaseView advance(Request request) {
    var source = sources.of(request.environment());
    if (request.target().isEmpty())
      return source.isPresent() && source.get() instanceof Sources.Source.Unusable(var problem)
          ? ReleaseView.blocked(problem, request.last())
          : ReleaseView.waiting(
              "WaitingForMachine", "The machine is not there yet", request.last());
    var target = request.target().get();
    if (rollouts.isRunning(request.uid()))
      return meanwhile(request, "RollingOut", "Containers of the release are being started");
    var interval = request.last() == null ? intervals.moving().multipliedBy(2) : intervals.still();
    return machines
        .look(request.uid(), target, interval)
        .map(view -> at(request, target, view, source))
        .orElseGet(
            () -> meanwhile(request, "Connecting", "Connecting to the machine " + target.host()));
  }

  /** While it is being looked, what was reported last holds. */
  private static ReleaseView meanwhile(Request request, String reason, String message) {
    return ReleaseView.reported(request.before())
        .map(view -> request.isOfNewSpec() ? view.stillMoving() : view)
        .orElseGet(() -> ReleaseView.waiting(reason, message, request.last()));
  }

  /** The branch, its images and the machine are read now, and not when it is due. */
  void refresh(String uid) {
    sources.refresh(uid);
    images.refresh(uid);
    machines.refresh(uid);
  }

  void forget(String uid) {
    sources.forget(uid);
    images.forget(uid);
    rollouts.forget(uid);
    machines.forget(uid);
  }

  private ReleaseView at(
      Request request, SshTarget target, Machines.View view, Optional<Sources.Source> source) {
    return switch (view) {
      case Machines.View.Unreachable(var problem) ->
          // A machine that has never been entered is most likely still booting.
          request.last() == null && !problem.needsPerson()
              ? ReleaseView.waiting(
                  "WaitingForMachine", "The machine boots: " + problem.message(), null)
              : ReleaseView.unknown(problem, request.last());
      case Machines.View.Seen(var state) -> {
        var notReady = notReady(request, state.application());
        if (notReady.isPresent()) yield notReady.get();
        if (!request.variables().awaited().isEmpty()) yield awaiting(request);
        yield source
            .map(s -> on(request, target, state, s))
            .orElseGet(() ->
                meanwhile(
                    request,
                    "ReadingBranch",
                    "Reading branch " + request.environment().getSpec().source().branch()));
      }
    };
  }

  private static ReleaseView awaiting(Request request) {
    return meanwhile(
        request,
        "WaitingForResources",
        "The application needs to know of "
            + request.variables().awaited().stream()
                .map(LogicalName::value)
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  private static Optional<ReleaseView> notReady(Request request, RunningState state) {
    var boot = state.cloudInit();
    if (boot.status() == RunningState.Boot.RUNNING)
      return Optional.of(
          ReleaseView.waiting("Booting", "cloud-init has not finished yet", request.last()));
    if (!state.docker().usable())
      return Optional.of(
          ReleaseView.unknown(
              boot.status() == RunningState.Boot.ERROR
                  ? Problem.person(
                      "BootFailed",
                      "cloud-init failed: %s; look at /var/log/cloud-init-output.log on the machine"
                          .formatted(boot.message()))
                  : Problem.person(
                      "DockerDown",
                      "docker on the machine does not answer: %s; start it or reboot the machine"
                          .formatted(state.docker().message())),
              request.last()));
    return Optional.empty();
  }

  private ReleaseView on(
      Request request, SshTarget target, MachineState state, Sources.Source source) {
    return switch (source) {
      case Sources.Source.Unusable(var problem) ->
          ReleaseView.blocked(keeps(problem, state.application()), request.last());
      case Sources.Source.Commit commit -> compared(request, target, state, commit);
    };
  }

  private static Problem keeps(Problem problem, RunningState state) {
    var current = state.currentRelease();
    return current == null
        ? problem
        : new Problem(
            problem.reason(),
            "%s; release %s keeps running".formatted(problem.message(), shortened(current)),
            problem.needsPerson());
  }

  private ReleaseView compared(
      Request request, SshTarget target, MachineState state, Sources.Source.Commit commit) {
    var compose = commit.compose().model();
    var noted = ServiceStatuses.digests(request.last(), commit.id());
    var reading = images.of(request.environment(), Pins.images(compose));
    var pins = Pins.of(compose, reading, noted);
    var desired = desired(request, state, commit, pins, noted);
    var comparison = desired.compare(state);
    var drift =
        comparison.drift().stream()
            .map(d -> new Judged(d, action(request, d)))
            .filter(j -> j.action() != Policy.Action.IGNORE)
            .toList();
    var due =
        desired.toRollOut(comparison, d -> drift.contains(new Judged(d, Policy.Action.REPAIR)));
    List<AwaitedImageStatus> awaited =
        comparison.newRelease()
            ? AwaitedImages.of(pins, request.before().awaitedImages(), request.now())
            : List.of();
    if (request.suspended() || due.isEmpty()) {
      if (!comparison.newRelease()) rollouts.succeeded(request.uid());
      return standing(desired.application(), state.application(), comparison, drift, request)
          .awaiting(awaited);
    }
    if (comparison.newRelease() && !pins.unresolved().isEmpty())
      return AwaitedImages.problem(
              pins, reading.problem(), awaited, request.imageTimeout(), request.now())
          .map(problem -> held(keeps(problem, state.application()), drift, request))
          .orElseGet(() ->
              meanwhile(
                  request,
                  "ResolvingImages",
                  "Asking registries for the images of commit " + shortened(commit.id())))
          .awaiting(awaited);
    var failure = rollouts.failure(request.uid(), commit.id());
    rollouts.start(request, target, commit.id(), due);
    return failure
        .map(f -> failed(f, comparison, state.application(), drift, request))
        .orElseGet(() -> begun(commit.id(), comparison, drift, request))
        .awaiting(awaited);
  }

  private DesiredMachine desired(
      Request request,
      MachineState state,
      Sources.Source.Commit commit,
      Pins pins,
      Map<String, String> noted) {
    return new DesiredMachine(
        Edge.desired(
            edgeImage, identity(request, Edge.PROJECT), MachineLayout.STANDARD, state.edge()),
        DesiredRelease.of(
            commit.compose(),
            identity(request, commit.id()),
            commit.ingress(),
            request.variables().values(),
            state.application(),
            pins.digests(),
            noted));
  }

  private static ReleaseIdentity identity(Request request, String commit) {
    return new ReleaseIdentity(request.clusterId(), request.uid(), request.formerUid(), commit);
  }

  private static Policy.Action action(Request request, Drift drift) {
    var action = request.policy().on(drift);
    return request.suspended() && action == Policy.Action.REPAIR ? Policy.Action.REPORT : action;
  }

  /** The commit is not released before all of its images are there. */
  private static ReleaseView held(Problem problem, List<Judged> drift, Request request) {
    return new ReleaseView(
        Verdict.no(problem),
        Verdict.unknown(problem.reason(), problem.message()),
        request.last(),
        drift,
        !problem.needsPerson(),
        Optional.of(problem));
  }

  private static ReleaseView begun(
      String commit, DesiredMachine.Comparison comparison, List<Judged> drift, Request request) {
    var message =
        comparison.newRelease()
            ? "Rolling out commit " + shortened(commit)
            : "Repairing what was changed by hand on the machine";
    return new ReleaseView(
        comparison.newRelease()
            ? Verdict.no("RollingOut", message)
            : Verdict.yes("Repairing", message),
        comparison.newRelease()
            ? Verdict.unknown("RollingOut", message)
            : Verdict.no("Drifted", "Containers differ from the release; they are being repaired"),
        request.last(),
        drift,
        true,
        Optional.empty());
  }

  private static ReleaseView failed(
      RolloutResult.Failed failure,
      DesiredMachine.Comparison comparison,
      RunningState state,
      List<Judged> drift,
      Request request) {
    var problem =
        keeps(
            Problem.person(ServiceStatuses.camelCase(failure.reason().name()), text(failure)),
            state);
    return new ReleaseView(
        comparison.newRelease()
            ? Verdict.no(problem)
            : Verdict.no("RepairFailed", problem.message()),
        Verdict.unknown(problem.reason(), problem.message()),
        request.last(),
        drift,
        true,
        Optional.of(problem));
  }

  private static String text(RolloutResult.Failed failure) {
    return failure.lastLines().isEmpty()
        ? failure.message()
        : failure.message() + ": " + String.join(" | ", failure.lastLines());
  }

  private static ReleaseView standing(
      DesiredRelease desired,
      RunningState state,
      DesiredMachine.Comparison comparison,
      List<Judged> drift,
      Request request) {
    if (comparison.newRelease())
      return new ReleaseView(
          Verdict.no(
              "Suspended",
              "Commit %s is not rolled out while spec.suspend is true"
                  .formatted(shortened(desired.identity().commit()))),
          Verdict.unknown("Suspended", "Not looked at while spec.suspend is true"),
          request.last(),
          drift,
          false,
          Optional.empty());
    var services = ServiceStatus.of(desired, state);
    var status = new ReleaseStatus(desired.identity().commit(), ServiceStatuses.of(services));
    var sick =
        services.values().stream()
            .filter(s -> s.health() != ServiceStatus.ServiceHealth.HEALTHY)
            .map(s ->
                s.name()
                    + " is "
                    + ServiceStatuses.camelCase(s.health().name()).toLowerCase(Locale.ROOT))
            .toList();
    return new ReleaseView(
        Verdict.yes("Released", "Commit " + shortened(status.commit()) + " runs on the machine"),
        sick.isEmpty()
            ? Verdict.yes("AllHealthy", "All services are healthy")
            : Verdict.no(
                "Unhealthy", String.join(", ", sick) + "; look at its logs on the machine"),
        status,
        drift,
        false,
        Optional.empty());
  }

  static String shortened(String commit) {
    return commit.substring(0, Math.min(SHORT, commit.length()));
  }

  /** Whether a class of drift on the machine is repaired. */
  static boolean repairs(Policy policy) {
    return policy.byClass().getOrDefault(DriftClass.RELEASE, Policy.Action.REPAIR)
        == Policy.Action.REPAIR;
  }
}
