package dev.appenv.operator.environment;

import dev.appenv.api.DriftStatus;
import dev.appenv.operator.plan.Drift;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Gate.Judged;
import dev.appenv.operator.plan.Policy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Drift between what was judged of it and its form in status. */
final class DriftStatuses {
  private static final int MAX = 40;
  private static final String REPAIRING = "Repairing";
  private static final String REPORTED = "Reported";

  private DriftStatuses() {}

  /**
   * The oldest first.
   *
   * @param before what was reported last: what was seen then keeps its time
   */
  static List<DriftStatus> of(List<Judged> judged, List<DriftStatus> before, Instant now) {
    return judged.stream()
        .map(j -> of(j, before, now))
        .sorted(
            Comparator.comparing(DriftStatus::since)
                .thenComparing(DriftStatus::resource)
                .thenComparing(DriftStatus::field))
        .limit(MAX)
        .toList();
  }

  private static DriftStatus of(Judged judged, List<DriftStatus> before, Instant now) {
    var drift = judged.drift();
    var since =
        before.stream()
            .filter(d -> d.resource().equals(drift.resource()) && d.field().equals(drift.field()))
            .map(DriftStatus::since)
            .findFirst()
            .orElse(now);
    return new DriftStatus(
        drift.resource(),
        ReportComposer.shortened(drift.field()),
        ReportComposer.shortened(drift.desired()),
        ReportComposer.shortened(drift.live()),
        drift.driftClass().label(),
        since,
        judged.action() == Policy.Action.REPAIR ? REPAIRING : REPORTED);
  }

  /** What was reported of one class. */
  static List<Judged> judged(List<DriftStatus> reported, DriftClass driftClass) {
    return reported.stream()
        .filter(d -> d.driftClass().equals(driftClass.label()))
        .map(d ->
            new Judged(
                new Drift(d.resource(), d.field(), d.desired(), d.live(), driftClass),
                REPAIRING.equals(d.action()) ? Policy.Action.REPAIR : Policy.Action.REPORT))
        .toList();
  }
}
