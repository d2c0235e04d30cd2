package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.DriftStatus;
import dev.appenv.api.EmailStatus;
import dev.appenv.api.LocationStatus;
import dev.appenv.api.OperationStatus;
import dev.appenv.api.PlanStatus;
import dev.appenv.api.RecordToSetStatus;
import dev.appenv.api.ReleaseStatus;
import dev.appenv.api.ResolvedStatus;
import dev.appenv.api.ResourceStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of status that is made anew on each pass.
 *
 * @param refreshed the request for which everything was last read anew
 */
record Report(
    @Nullable Long observedGeneration,
    @Nullable String refreshed,
    List<ConditionStatus> conditions,
    @Nullable String url,
    @Nullable ReleaseStatus release,
    List<AwaitedImageStatus> awaitedImages,
    @Nullable EmailStatus email,
    List<DriftStatus> drift,
    @Nullable String driftSummary,
    @Nullable PlanStatus plan,
    List<OperationStatus> operations,
    List<RecordToSetStatus> recordsToSet) {
  private static final int REVISION_LENGTH = 7;

  static Report of(@Nullable AppEnvironmentStatus status) {
    if (status == null)
      return new Report(
          null, null, List.of(), null, null, List.of(), null, List.of(), null, null, List.of(),
          List.of());
    return new Report(
        status.observedGeneration(),
        status.lastHandledRefresh(),
        listOf(status.conditions()),
        status.url(),
        status.release(),
        listOf(status.awaitedImages()),
        status.email(),
        listOf(status.drift()),
        status.driftSummary(),
        status.plan(),
        listOf(status.operations()).stream().filter(o -> o.token() == null).toList(),
        listOf(status.recordsToSet()));
  }

  Optional<Verdict> verdict(String condition) {
    return conditions.stream()
        .filter(c -> c.type().equals(condition))
        .map(c -> new Verdict(c.status(), c.reason(), c.message()))
        .findFirst();
  }

  private static <T> List<T> listOf(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static <T> @Nullable List<T> nullIfEmpty(List<T> list) {
    return list.isEmpty() ? null : List.copyOf(list);
  }

  /**
   * @param inFlight creates that have begun; this report's own operations come after them
   */
  AppEnvironmentStatus with(
      List<ResourceStatus> resources,
      List<OperationStatus> inFlight,
      @Nullable LocationStatus location,
      @Nullable ResolvedStatus resolved) {
    var current = release;
    return new AppEnvironmentStatus(
        observedGeneration,
        refreshed,
        nullIfEmpty(conditions),
        url,
        current == null
            ? null
            : current.commit().substring(0, Math.min(REVISION_LENGTH, current.commit().length())),
        driftSummary,
        release,
        nullIfEmpty(awaitedImages),
        email,
        nullIfEmpty(drift),
        plan,
        nullIfEmpty(Stream.concat(inFlight.stream(), operations.stream()).toList()),
        nullIfEmpty(recordsToSet),
        nullIfEmpty(resources),
        location,
        resolved);
  }
}
