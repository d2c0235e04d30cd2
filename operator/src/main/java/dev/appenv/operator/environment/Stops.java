package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.OperationStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What users read while an environment cannot be worked on, or while it goes. What was known before
 * stays.
 */
final class Stops {
  private Stops() {}

  static Report report(AppEnvironment environment, Report before, Problem problem, Instant now) {
    var verdicts = new LinkedHashMap<String, Verdict>();
    verdicts.put(Conditions.READY, Verdict.no(problem));
    verdicts.put(Conditions.RECONCILING, Verdict.no(problem));
    verdicts.put(
        Conditions.STALLED,
        problem.needsPerson()
            ? Verdict.yes(problem.reason(), problem.message())
            : Verdict.no(problem));
    for (var part :
        List.of(
            Conditions.INFRASTRUCTURE_READY,
            Conditions.RELEASED,
            Conditions.HEALTHY,
            Conditions.DRIFTED,
            Conditions.APPROVED))
      verdicts.put(part, Verdict.unknown(problem.reason(), problem.message()));
    var generation = environment.getMetadata().getGeneration();
    return with(
        before,
        generation,
        Conditions.merge(before.conditions(), verdicts, now, generation),
        before.operations());
  }

  /**
   * @param what is left or blocks; says whether a person is needed
   */
  static Report deleting(
      AppEnvironment environment,
      Report before,
      Problem what,
      List<OperationStatus> operations,
      Instant now) {
    var verdicts = new LinkedHashMap<String, Verdict>();
    verdicts.put(Conditions.READY, Verdict.no("Deleting", what.message()));
    verdicts.put(
        Conditions.RECONCILING,
        what.needsPerson()
            ? Verdict.no(what.reason(), what.message())
            : Verdict.yes("Deleting", what.message()));
    verdicts.put(
        Conditions.STALLED,
        what.needsPerson()
            ? Verdict.yes(what.reason(), what.message())
            : Verdict.no("NotStalled", "Nothing waits for a person"));
    var generation = environment.getMetadata().getGeneration();
    return with(
        before,
        generation,
        Conditions.merge(before.conditions(), verdicts, now, generation),
        operations);
  }

  private static Report with(
      Report before,
      Long generation,
      List<ConditionStatus> conditions,
      List<OperationStatus> operations) {
    return new Report(
        generation,
        before.refreshed(),
        conditions,
        before.url(),
        before.release(),
        before.awaitedImages(),
        before.email(),
        before.drift(),
        before.driftSummary(),
        before.plan(),
        operations,
        before.recordsToSet());
  }
}
