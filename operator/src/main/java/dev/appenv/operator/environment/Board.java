package dev.appenv.operator.environment;

import dev.appenv.api.ConditionStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Counts over all environments, for metrics: by condition and status, and drift by class. */
public final class Board {
  private final Map<String, Report> reports = new ConcurrentHashMap<>();

  /**
   * @param driftClasses the classes that are counted
   */
  public Board(MeterRegistry registry, List<String> driftClasses) {
    for (var type :
        List.of(
            Conditions.READY,
            Conditions.STALLED,
            Conditions.INFRASTRUCTURE_READY,
            Conditions.RELEASED,
            Conditions.HEALTHY,
            Conditions.DRIFTED,
            Conditions.APPROVED))
      for (var status : List.of(Verdict.TRUE, Verdict.FALSE, Verdict.UNKNOWN))
        Gauge.builder("appenv.environments", this, board -> board.count(type, status))
            .description("environments by condition and its status")
            .tag("condition", type)
            .tag("status", status)
            .register(registry);
    for (var driftClass : driftClasses)
      Gauge.builder("appenv.drift", this, board -> board.drift(driftClass))
          .description("differences that nobody asked for, by class")
          .tag("class", driftClass)
          .register(registry);
  }

  void show(String uid, Report report) {
    reports.put(uid, report);
  }

  void remove(String uid) {
    reports.remove(uid);
  }

  private double count(String type, String status) {
    return reports.values().stream()
        .filter(r -> r.conditions().stream().anyMatch(c -> matches(c, type, status)))
        .count();
  }

  private static boolean matches(ConditionStatus condition, String type, String status) {
    return condition.type().equals(type) && condition.status().equals(status);
  }

  private double drift(String driftClass) {
    return reports.values().stream()
        .flatMap(r -> r.drift().stream())
        .filter(d -> Objects.equals(d.driftClass(), driftClass))
        .count();
  }
}
