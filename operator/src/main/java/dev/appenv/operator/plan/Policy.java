package dev.appenv.operator.plan;

import java.util.List;
import java.util.Map;

/**
 * What may be done about drift.
 *
 * @param byClass left out means {@link Action#REPAIR}
 */
public record Policy(Map<DriftClass, Action> byClass, List<Ignore> ignore) {
  public static final Policy REPAIR_ALL = new Policy(Map.of(), List.of());

  public Policy {
    byClass = Map.copyOf(byClass);
    ignore = List.copyOf(ignore);
  }

  public enum Action {
    REPAIR,
    REPORT,
    IGNORE
  }

  /**
   * A difference that the user does not want to hear of.
   *
   * @param resource logical name
   * @param field the field's name or path; empty for the whole resource
   */
  public record Ignore(String resource, String field) {
    boolean covers(Drift drift) {
      return resource.equals(drift.resource())
          && (field.isEmpty()
              || field.equals(drift.field())
              || drift.field().startsWith(field + "["));
    }
  }

  public Action on(Drift drift) {
    if (ignore.stream().anyMatch(rule -> rule.covers(drift))) return Action.IGNORE;
    return byClass.getOrDefault(drift.driftClass(), Action.REPAIR);
  }
}
