package dev.appenv.operator.aws.resource;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Mail;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.RecordToSet;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A group of resource types that belong together: which places they have in an environment, and
 * what is wanted there.
 */
public interface Noun {
  List<Slot<?, ?>> slots();

  /** Whether this spec wishes for any of it: what nobody wishes for is not read. */
  default boolean isWished(AppEnvironmentSpec spec) {
    return true;
  }

  List<DesiredResource<?, ?>> desired(Wish wish);

  /** The resources among those that this spec wishes for that need a password. */
  default Set<LogicalName> passwords(AppEnvironmentSpec spec) {
    return Set.of();
  }

  /** Those among them that are told a secret when they are made, once and never again. */
  default Set<LogicalName> credentials(AppEnvironmentSpec spec) {
    return Set.of();
  }

  /** How mail stands, where this noun is about it and this spec wishes for it. */
  default Optional<Mail> mail(Wish wish, Observation observation, Questions questions) {
    return Optional.empty();
  }

  /** What this spec takes of quotas, as far as it is known. */
  default List<Need> needs(AppEnvironmentSpec spec, InstanceSizes sizes) {
    return List.of();
  }

  /** How to count what is there of what those quotas limit. */
  default List<Census> censuses() {
    return List.of();
  }

  /** The names of the variables by which the application is told of what this spec wishes for. */
  default Set<String> variables(AppEnvironmentSpec spec) {
    return Set.of();
  }

  /** The variables, as far as what they tell of is there. */
  default Outputs outputs(Wish wish, Observation observation) {
    return Outputs.NONE;
  }

  /** The DNS records that a person has to set, as far as what they tell of is there. */
  default List<RecordToSet> recordsToSet(Wish wish, Observation observation) {
    return List.of();
  }
}
