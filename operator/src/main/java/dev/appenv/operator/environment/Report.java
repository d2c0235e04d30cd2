package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.DriftStatus;
import dev.appenv.api.LocationStatus;
import dev.appenv.api.OperationStatus;
import dev.appenv.api.PlanStatus;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.api.ResolvedStatus;
import dev.appenv.api.ResourceStatus;
import dev.appenv.operator.plan.LogicalName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of status that is made anew on each pass, and what was noted once. */
record Report(
    @Nullable Long observedGeneration,
    List<ConditionStatus> conditions,
    @Nullable String url,
    @Nullable ReleaseStatus release,
    List<DriftStatus> drift,
    @Nullable String driftSummary,
    @Nullable PlanStatus plan,
    List<OperationStatus> operations,
    Map<LogicalName, String> phases,
    @Nullable LocationStatus location,
    @Nullable ResolvedStatus resolved) {
  private static final int REVISION_LENGTH = 7;

  static Report of(@Nullable AppEnvironmentStatus status) {
    if (status == null)
      return new Report(
          null, List.of(), null, null, List.of(), null, null, List.of(), Map.of(), null, null);
    var phases = new TreeMap<LogicalName, String>();
    for (var r : listOf(status.resources())) phases.put(LogicalName.of(r.name()), r.phase());
    return new Report(
        status.observedGeneration(),
        listOf(status.conditions()),
        status.url(),
        status.release(),
        listOf(status.drift()),
        status.driftSummary(),
        status.plan(),
        listOf(status.operations()).stream().filter(o -> o.token() == null).toList(),
        phases,
        status.location(),
        status.resolved());
  }

  private static <T> List<T> listOf(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <T> @Nullable List<T> nullIfEmpty(List<T> list) {
    return list.isEmpty() ? null : List.copyOf(list);
  }

  AppEnvironmentStatus with(List<ResourceStatus> resources, List<OperationStatus> inFlight) {
    var current = release;
    return new AppEnvironmentStatus(
        observedGeneration,
        nullIfEmpty(conditions),
        url,
        current == null
            ? null
            : current.commit().substring(0, Math.min(REVISION_LENGTH, current.commit().length())),
        driftSummary,
        release,
        nullIfEmpty(drift),
        plan,
        nullIfEmpty(inFlight),
        nullIfEmpty(resources),
        location,
        resolved);
  }

  Report with(LogicalName name, String phase) {
    var changed = new TreeMap<>(phases);
    changed.put(name, phase);
    return new Report(
        observedGeneration,
        conditions,
        url,
        release,
        drift,
        driftSummary,
        plan,
        operations,
        changed,
        location,
        resolved);
  }

  Report at(LocationStatus where) {
    return new Report(
        observedGeneration,
        conditions,
        url,
        release,
        drift,
        driftSummary,
        plan,
        operations,
        phases,
        where,
        resolved);
  }

  Report resolvedTo(ResolvedStatus what) {
    return new Report(
        observedGeneration,
        conditions,
        url,
        release,
        drift,
        driftSummary,
        plan,
        operations,
        phases,
        location,
        what);
  }
}
