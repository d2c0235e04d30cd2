package dev.appenv.operator.environment;

import dev.appenv.api.RecordToSetStatus;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.RecordToSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which DNS records users are told to set. Pure. */
final class RecordsToSet {
  private static final int MAX = 20;

  private RecordsToSet() {}

  /**
   * Those of now; while something cannot be read, those of before as well, if they were told for
   * the same specification.
   *
   * @param generation of the specification
   */
  static List<RecordToSetStatus> reported(
      List<RecordToSet> now, Observation observation, Report before, @Nullable Long generation) {
    var stay = !observation.isComplete() && Objects.equals(before.observedGeneration(), generation);
    return Stream.concat(
            now.stream()
                .map(r -> new RecordToSetStatus(r.type(), r.name(), r.value(), r.purpose())),
            stay ? before.recordsToSet().stream() : Stream.empty())
        .distinct()
        .limit(MAX)
        .toList();
  }
}
