package dev.appenv.operator.environment;

import dev.appenv.api.DriftPolicySpec;
import dev.appenv.api.DriftSpec;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.Policy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users say about drift, as the plan takes it. */
final class Policies {
  private Policies() {}

  static Policy of(@Nullable DriftSpec spec) {
    if (spec == null) return Policy.REPAIR_ALL;
    var ignore =
        spec.ignore() == null
            ? List.<Policy.Ignore>of()
            : spec.ignore().stream()
                .map(rule ->
                    new Policy.Ignore(rule.resource(), rule.field() == null ? "" : rule.field()))
                .toList();
    return new Policy(byClass(spec.policy()), ignore);
  }

  private static Map<DriftClass, Policy.Action> byClass(@Nullable DriftPolicySpec spec) {
    var byClass = new EnumMap<DriftClass, Policy.Action>(DriftClass.class);
    if (spec == null) return byClass;
    put(byClass, DriftClass.SECURITY, spec.security());
    put(byClass, DriftClass.DATA, spec.data());
    put(byClass, DriftClass.COST, spec.cost());
    put(byClass, DriftClass.RELEASE, spec.release());
    put(byClass, DriftClass.COSMETIC, spec.cosmetic());
    return byClass;
  }

  private static void put(
      Map<DriftClass, Policy.Action> byClass,
      DriftClass driftClass,
      DriftPolicySpec.@Nullable Policy policy) {
    if (policy == null) return;
    byClass.put(
        driftClass,
        switch (policy) {
          case Repair -> Policy.Action.REPAIR;
          case Report -> Policy.Action.REPORT;
          case Ignore -> Policy.Action.IGNORE;
        });
  }
}
