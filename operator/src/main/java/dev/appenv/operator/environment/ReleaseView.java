package dev.appenv.operator.environment;

import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Gate.Judged;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the release stands after a pass.
 *
 * @param drift with what is done about it
 * @param moving whether something is under way that ends by itself
 * @param problem what keeps the wanted release from running
 * @param awaited the images that its commit lacks; nothing where that was not looked at, and what
 *     was reported of it holds
 */
record ReleaseView(
    Verdict released,
    Verdict healthy,
    @Nullable ReleaseStatus status,
    List<Judged> drift,
    boolean moving,
    Optional<Problem> problem,
    Optional<List<AwaitedImageStatus>> awaited) {

  ReleaseView(
      Verdict released,
      Verdict healthy,
      @Nullable ReleaseStatus status,
      List<Judged> drift,
      boolean moving,
      Optional<Problem> problem) {
    this(released, healthy, status, drift, moving, problem, Optional.empty());
  }

  ReleaseView awaiting(List<AwaitedImageStatus> images) {
    return new ReleaseView(released, healthy, status, drift, moving, problem, Optional.of(images));
  }

  /** As it was reported, when a release was. */
  static Optional<ReleaseView> reported(Report report) {
    var status = report.release();
    var released = report.verdict(Conditions.RELEASED);
    var healthy = report.verdict(Conditions.HEALTHY);
    if (status == null || released.isEmpty() || healthy.isEmpty()) return Optional.empty();
    var problem =
        report
            .verdict(Conditions.STALLED)
            .filter(Verdict::isTrue)
            .filter(stalled ->
                stalled.reason().equals(released.get().reason())
                    || stalled.reason().equals(healthy.get().reason()))
            .map(stalled -> Problem.person(stalled.reason(), stalled.message()));
    return Optional.of(
        new ReleaseView(
            released.get(),
            healthy.get(),
            status,
            DriftStatuses.judged(report.drift(), DriftClass.RELEASE),
            report.verdict(Conditions.RECONCILING).filter(Verdict::isTrue).isPresent(),
            problem));
  }

  ReleaseView stillMoving() {
    return new ReleaseView(released, healthy, status, drift, true, problem, awaited);
  }

  static ReleaseView waiting(String reason, String message, @Nullable ReleaseStatus last) {
    return new ReleaseView(
        Verdict.no(reason, message),
        Verdict.unknown(reason, message),
        last,
        List.of(),
        true,
        Optional.empty());
  }

  static ReleaseView blocked(Problem problem, @Nullable ReleaseStatus last) {
    return new ReleaseView(
        Verdict.no(problem),
        Verdict.unknown(problem.reason(), problem.message()),
        last,
        List.of(),
        !problem.needsPerson(),
        Optional.of(problem));
  }

  /** The machine could not be read: what runs there is not known, and not wrong either. */
  static ReleaseView unknown(Problem problem, @Nullable ReleaseStatus last) {
    return new ReleaseView(
        Verdict.unknown(problem.reason(), problem.message()),
        Verdict.unknown(problem.reason(), problem.message()),
        last,
        List.of(),
        !problem.needsPerson(),
        Optional.of(problem));
  }
}
