package dev.appenv.operator.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be done, what was changed by others, what cannot be decided, what is still on its way.
 *
 * @param pending resources that are as desired but not ready yet
 */
public record Plan(
    List<Step> steps, List<Drift> drift, List<Blocked> blocked, List<LogicalName> pending) {
  public Plan {
    steps = List.copyOf(steps);
    drift = List.copyOf(drift);
    blocked = List.copyOf(blocked);
    pending = List.copyOf(pending);
  }

  /** Equal for equal changes, whatever their order. */
  public String hash() {
    return FieldTable.shortHash(
        steps.stream().map(Step::toString).sorted().collect(Collectors.joining("\n")));
  }

  public boolean isStill() {
    return steps.isEmpty() && blocked.isEmpty() && pending.isEmpty();
  }
}
