package dev.appenv.operator.plan;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** How much is taken of each quota. */
public record Demand(Map<Quota, Long> units) {
  public static final Demand NONE = new Demand(Map.of());

  public Demand {
    units = Map.copyOf(units);
  }

  public static Demand of(Collection<Need> needs) {
    var units = new TreeMap<Quota, Long>();
    needs.forEach(need -> units.merge(need.quota(), need.units(), Long::sum));
    return new Demand(units);
  }

  public long of(Quota quota) {
    return units.getOrDefault(quota, 0L);
  }

  public Set<Quota> quotas() {
    return units.keySet();
  }

  /** What both take together. */
  public Demand and(Demand other) {
    return merged(other, Long::sum);
  }

  /** Of each quota what the one takes that takes more of it. */
  public Demand orMore(Demand other) {
    return merged(other, Long::max);
  }

  private Demand merged(Demand other, BinaryOperator<Long> merge) {
    var both = new TreeMap<>(units);
    other.units.forEach((quota, more) -> both.merge(quota, more, merge));
    return new Demand(both);
  }
}
