package dev.appenv.operator.account;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What AWS allows in an account and region, and how much of it is there. */
public interface Quotas {
  /** An account, by the name of its {@code AwsAccount}, and a region. */
  record Place(String account, String region) {}

  /** What an environment of this spec takes, as far as that is known. */
  List<Need> needs(Place place, AppEnvironmentSpec spec);

  /**
   * How much of what these quotas limit is there, whoever made it. One of which AWS tells both has
   * its limit with it.
   */
  Map<Quota, Usage> usage(Place place, Set<Quota> quotas);

  /**
   * The limits. {@code REFUSED} where AWS has no value of its own for this account.
   *
   * @param quotas at least one
   */
  Map<Quota, Resolution<Long>> limits(Place place, Set<Quota> quotas);
}
