package dev.appenv.operator.environment;

import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.plan.Gate.Judged;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.release.DesiredMachine;
import dev.appenv.operator.release.DesiredRelease;
import dev.appenv.operator.release.RolloutResult;
import dev.appenv.operator.release.RunningState;
import dev.appenv.operator.release.ServiceStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a release stands, in words: what is said of each thing that can be so. Pure. */
final class ReleaseViews {
  private static final int SHORT = 7;

  private ReleaseViews() {}

  /** While it is being looked, what was reported last holds. */
  static ReleaseView meanwhile(Releases.Request request, String reason, String message) {
    return ReleaseView.reported(request.before())
        .map(view -> request.isOfNewSpec() ? view.stillMoving() : view)
        .orElseGet(() -> ReleaseView.waiting(reason, message, request.last()));
  }

  static ReleaseView awaiting(Releases.Request request) {
    return meanwhile(
        request,
        "WaitingForResources",
        "The application needs to know of "
            + request.variables().awaited().stream()
                .map(LogicalName::value)
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  static Optional<ReleaseView> notReady(Releases.Request request, RunningState state) {
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

  static Problem keeps(Problem problem, RunningState state) {
    var current = state.currentRelease();
    return current == null
        ? problem
        : new Problem(
            problem.reason(),
            "%s; release %s keeps running".formatted(problem.message(), shortened(current)),
            problem.needsPerson());
  }

  /** The commit is not released before all of its images are there. */
  static ReleaseView held(Problem problem, List<Judged> drift, Releases.Request request) {
    return new ReleaseView(
        Verdict.no(problem),
        Verdict.unknown(problem.reason(), problem.message()),
        request.last(),
        drift,
        !problem.needsPerson(),
        Optional.of(problem));
  }

  static ReleaseView begun(
      String commit,
      DesiredMachine.Comparison comparison,
      List<Judged> drift,
      Releases.Request request) {
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

  static ReleaseView failed(
      RolloutResult.Failed failure,
      DesiredMachine.Comparison comparison,
      RunningState state,
      List<Judged> drift,
      Releases.Request request) {
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

  static ReleaseView standing(
      DesiredRelease desired,
      RunningState state,
      DesiredMachine.Comparison comparison,
      List<Judged> drift,
      Releases.Request request) {
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
}
