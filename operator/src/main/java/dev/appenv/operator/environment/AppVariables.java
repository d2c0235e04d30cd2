package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.FieldKind;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Plan;
import dev.appenv.operator.plan.Step;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the application of one environment is told of its resources, and was told last. Published as
 * a Secret, once it is complete.
 */
final class AppVariables {
  private @Nullable Outputs published;

  /** What is so now; while resources cannot be read, what was so before. */
  Outputs now(
      Outputs outputs,
      Observation observation,
      Plan plan,
      AppEnvironment environment,
      Secrets secrets) {
    var awaited = awaited(outputs, plan);
    if (!awaited.isEmpty()) {
      var before = published;
      return before != null && areAllUnknown(awaited, observation)
          ? before
          : new Outputs(outputs.values(), awaited);
    }
    if (!outputs.equals(published)) {
      secrets.publish(environment, outputs);
      published = outputs;
    }
    return outputs;
  }

  /** A password that is yet to be set opens nothing. */
  private static Set<LogicalName> awaited(Outputs outputs, Plan plan) {
    var awaited =
        plan.steps().stream()
            .filter(step ->
                step instanceof Step.Update update
                    && update.differences().stream()
                        .anyMatch(d -> d.kind() == FieldKind.WRITE_ONLY))
            .map(Step::name)
            .collect(Collectors.toSet());
    awaited.addAll(outputs.awaited());
    return awaited;
  }

  private static boolean areAllUnknown(Set<LogicalName> names, Observation observation) {
    return names.stream().allMatch(name -> observation.of(name) instanceof Facet.Unknown);
  }
}
