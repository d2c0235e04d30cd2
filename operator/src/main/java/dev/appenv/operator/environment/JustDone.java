package dev.appenv.operator.environment;

import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What AWS has just accepted. For a moment it may still show what was before, and the same is not
 * asked for again meanwhile; what else can be done is not kept waiting.
 */
final class JustDone {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** What was asked for: a value of a field, or that a resource goes. */
  private record Change(LogicalName name, String id, String path, String desired) {
    static List<Change> of(Step step) {
      return switch (step) {
        case Step.Update(var name, var id, var differences) ->
            differences.stream().map(d -> set(name, id, d)).toList();
        case Step.Delete(var name, var id, _) -> List.of(new Change(name, id, "", ""));
        // Made and adopted once: both are noted before they are begun.
        case Step.Create _, Step.Adopt _ -> List.of();
      };
    }

    private static Change set(LogicalName name, String id, Difference difference) {
      return new Change(name, id, difference.path(), difference.desired());
    }
  }

  private final Map<Change, Instant> since = new HashMap<>();

  /** Whether all that the step would change was asked for a moment ago. */
  boolean covers(Step step, Instant now) {
    since.values().removeIf(then -> !then.plus(MOMENT).isAfter(now));
    var changes = Change.of(step);
    return !changes.isEmpty() && since.keySet().containsAll(changes);
  }

  void note(List<Executor.Attempt> attempts, Instant now) {
    for (var attempt : attempts)
      if (attempt.outcome() instanceof Outcome.Done)
        Change.of(attempt.step()).forEach(change -> since.put(change, now));
  }
}
