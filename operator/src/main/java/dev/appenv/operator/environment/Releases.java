package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.api.Defaults;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Gate.Judged;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Policy;
import dev.appenv.operator.release.DesiredMachine;
import dev.appenv.operator.release.DesiredRelease;
import dev.appenv.operator.release.Edge;
import dev.appenv.operator.release.MachineLayout;
import dev.appenv.operator.release.MachineState;
import dev.appenv.operator.release.ReleaseIdentity;
import dev.appenv.operator.release.transport.SshTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings the branch's commit onto the machine and keeps it so. Decides here; reading and rolling
 * out happen in the background.
 */
final class Releases {
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
      return ReleaseViews.meanwhile(
          request, "RollingOut", "Containers of the release are being started");
    var interval = request.last() == null ? intervals.moving().multipliedBy(2) : intervals.still();
    return machines
        .look(request.uid(), target, interval)
        .map(view -> at(request, target, view, source))
        .orElseGet(() ->
            ReleaseViews.meanwhile(
                request, "Connecting", "Connecting to the machine " + target.host()));
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
        var notReady = ReleaseViews.notReady(request, state.application());
        if (notReady.isPresent()) yield notReady.get();
        if (!request.variables().awaited().isEmpty()) yield ReleaseViews.awaiting(request);
        yield source
            .map(s -> on(request, target, state, s))
            .orElseGet(() ->
                ReleaseViews.meanwhile(
                    request,
                    "ReadingBranch",
                    "Reading branch " + request.environment().getSpec().source().branch()));
      }
    };
  }

  private ReleaseView on(
      Request request, SshTarget target, MachineState state, Sources.Source source) {
    return switch (source) {
      case Sources.Source.Unusable(var problem) ->
          ReleaseView.blocked(ReleaseViews.keeps(problem, state.application()), request.last());
      case Sources.Source.Commit commit -> compared(request, target, state, commit);
    };
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
      return ReleaseViews.standing(
              desired.application(), state.application(), comparison, drift, request)
          .awaiting(awaited);
    }
    if (comparison.newRelease() && !pins.unresolved().isEmpty())
      return AwaitedImages.problem(
              pins, reading.problem(), awaited, request.imageTimeout(), request.now())
          .map(problem ->
              ReleaseViews.held(ReleaseViews.keeps(problem, state.application()), drift, request))
          .orElseGet(() ->
              ReleaseViews.meanwhile(
                  request,
                  "ResolvingImages",
                  "Asking registries for the images of commit "
                      + ReleaseViews.shortened(commit.id())))
          .awaiting(awaited);
    var failure = rollouts.failure(request.uid(), commit.id());
    rollouts.start(request, target, commit.id(), due);
    return failure
        .map(f -> ReleaseViews.failed(f, comparison, state.application(), drift, request))
        .orElseGet(() -> ReleaseViews.begun(commit.id(), comparison, drift, request))
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

  /** Whether a class of drift on the machine is repaired. */
  static boolean repairs(Policy policy) {
    return policy.byClass().getOrDefault(DriftClass.RELEASE, Policy.Action.REPAIR)
        == Policy.Action.REPAIR;
  }
}
