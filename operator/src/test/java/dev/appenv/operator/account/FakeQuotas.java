package dev.appenv.operator.account;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One quota, of VPCs, of which each environment takes one. */
final class FakeQuotas implements Quotas {
  static final Quota VPCS = new Quota("vpc", "L-F678F1CE", "VPCs", 5);
  static final LogicalName VPC = LogicalName.of("network.vpc");

  Resolution<Long> used = new Resolution.Found<>(0L);
  Resolution<Long> limit = new Resolution.Found<>(5L);
  int readings;

  @Override
  public List<Need> needs(Place place, AppEnvironmentSpec spec) {
    return List.of(new Need(VPC, VPCS, 1));
  }

  @Override
  public Map<Quota, Usage> usage(Place place, Set<Quota> quotas) {
    readings++;
    return quotas.stream()
        .collect(Collectors.toMap(Function.identity(), _ -> new Usage(used, Optional.empty())));
  }

  @Override
  public Map<Quota, Resolution<Long>> limits(Place place, Set<Quota> quotas) {
    return quotas.stream().collect(Collectors.toMap(Function.identity(), _ -> limit));
  }
}
