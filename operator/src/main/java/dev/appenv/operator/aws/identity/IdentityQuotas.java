package dev.appenv.operator.aws.identity;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;

/** What AWS limits of identities, in the whole account. IAM itself tells both sides. */
final class IdentityQuotas {
  static final Quota ROLES = new Quota("iam", "L-FE177D64", "IAM roles", 1000);
  static final Quota PROFILES = new Quota("iam", "L-6E65F664", "IAM instance profiles", 1000);

  static final List<Census> CENSUSES = List.of(new Summary());

  private IdentityQuotas() {}

  private static final class Summary implements Census {
    @Override
    public Set<Quota> quotas() {
      return Set.of(ROLES, PROFILES);
    }

    @Override
    public Map<Quota, Usage> take(Calls aws, InstanceSizes sizes) {
      var summary = aws.client(IamClient.class, Permit.READ).getAccountSummary().summaryMap();
      return Map.of(
          ROLES,
          usage(summary, SummaryKeyType.ROLES, SummaryKeyType.ROLES_QUOTA),
          PROFILES,
          usage(summary, SummaryKeyType.INSTANCE_PROFILES, SummaryKeyType.INSTANCE_PROFILES_QUOTA));
    }
  }

  private static Usage usage(
      Map<SummaryKeyType, Integer> summary, SummaryKeyType used, SummaryKeyType limit) {
    var count = summary.get(used);
    return new Usage(
        count == null
            ? new Resolution.Failed<>(
                Outcome.Cause.UNCERTAIN, "IAM's account summary lacks " + used)
            : new Resolution.Found<>(count.longValue()),
        Optional.ofNullable(summary.get(limit)).map(Integer::longValue));
  }
}
