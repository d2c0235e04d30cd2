package dev.appenv.operator.environment;

import dev.appenv.api.ConditionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Conditions as Kubernetes wants them: the time of the last transition stays while the status does.
 */
final class Conditions {
  static final String READY = "Ready";
  static final String RECONCILING = "Reconciling";
  static final String STALLED = "Stalled";
  static final String INFRASTRUCTURE_READY = "InfrastructureReady";
  static final String RELEASED = "Released";
  static final String HEALTHY = "Healthy";
  static final String DRIFTED = "Drifted";
  static final String APPROVED = "Approved";

  private static final int MAX_MESSAGE = 1024;

  private Conditions() {}

  /**
   * @param verdicts by type, in the order in which they are shown
   */
  static List<ConditionStatus> merge(
      List<ConditionStatus> before,
      Map<String, Verdict> verdicts,
      Instant now,
      Long observedGeneration) {
    var merged = new ArrayList<ConditionStatus>();
    verdicts.forEach((type, verdict) -> {
      var since =
          before.stream()
              .filter(c -> c.type().equals(type) && c.status().equals(verdict.status()))
              .map(ConditionStatus::lastTransitionTime)
              .findFirst()
              .orElse(now);
      merged.add(
          new ConditionStatus(
              type,
              verdict.status(),
              verdict.reason(),
              shortened(verdict.message()),
              since,
              observedGeneration));
    });
    return merged;
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
  }
}
