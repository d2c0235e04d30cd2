package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Usage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Counts everything of a kind in an account and region, whoever made it, with one list. AWS's
 * errors are thrown as the SDK throws them.
 */
public interface Census {
  Set<Quota> quotas();

  Map<Quota, Usage> take(Calls aws, InstanceSizes sizes);

  /** For one quota. */
  static Census of(Quota quota, ToLongFunction<Calls> count) {
    return new Census() {
      @Override
      public Set<Quota> quotas() {
        return Set.of(quota);
      }

      @Override
      public Map<Quota, Usage> take(Calls aws, InstanceSizes sizes) {
        return Map.of(quota, used(count.applyAsLong(aws)));
      }
    };
  }

  static Usage used(long count) {
    return new Usage(new Resolution.Found<>(count), Optional.empty());
  }
}
