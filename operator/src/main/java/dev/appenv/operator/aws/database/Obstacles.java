package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Removal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.AccountQuota;

/** What keeps a database from being deleted; it is looked for before anything is. */
final class Obstacles {
  private static final String SNAPSHOTS = "ManualSnapshots";

  private Obstacles() {}

  static Optional<Outcome.Failed> of(
      Calls aws, Owner owner, LiveDatabase live, Removal removal, Set<String> spared, Instant now) {
    if (!live.replicas().isEmpty())
      return failed(
          Outcome.Cause.IN_USE,
          "%s has read replicas, which are not of this environment: %s; delete them, or promote them to databases of their own"
              .formatted(live.id(), String.join(", ", live.replicas())));
    if (live.deletionProtection()) return unprotect(aws, live);
    return removal == Removal.KEEP_DATA ? room(aws, owner, spared, now) : Optional.empty();
  }

  /** The user's spec does not ask for it, or the deletion would not have come so far. */
  private static Optional<Outcome.Failed> unprotect(Calls aws, LiveDatabase live) {
    aws.client(RdsClient.class, Permit.CHANGE)
        .modifyDBInstance(r ->
            r.dbInstanceIdentifier(live.id()).deletionProtection(false).applyImmediately(true));
    return failed(
        Outcome.Cause.DEPENDENCY,
        "%s is protected from deletion in AWS, and not in the spec; the protection is being taken off"
            .formatted(live.id()));
  }

  /** For one more snapshot; makes some where too many are kept. */
  private static Optional<Outcome.Failed> room(
      Calls aws, Owner owner, Set<String> spared, Instant now) {
    if (!isFull(quota(aws))) return Optional.empty();
    FinalSnapshots.prune(aws, owner.clusterId(), spared, now);
    var quota = quota(aws);
    return isFull(quota)
        ? failed(
            Outcome.Cause.QUOTA,
            "no final snapshot could be made, for the account has %d manual snapshots in the region and may have %d (quota %s of RDS); delete some, have the quota raised, or set spec.lifecycle.deletionPolicy to Delete if the data are not needed"
                .formatted(quota.used(), quota.max(), SNAPSHOTS))
        : Optional.empty();
  }

  private static boolean isFull(AccountQuota quota) {
    return quota.used() >= quota.max();
  }

  private static AccountQuota quota(Calls aws) {
    return aws
        .client(RdsClient.class, Permit.READ)
        .describeAccountAttributes(r -> {})
        .accountQuotas()
        .stream()
        .filter(q -> SNAPSHOTS.equals(q.accountQuotaName()))
        .filter(q -> q.used() != null && q.max() != null)
        .findFirst()
        // What is not said does not keep anybody: AWS refuses by itself, and deletes nothing.
        .orElseGet(() -> AccountQuota.builder().used(0L).max(1L).build());
  }

  private static Optional<Outcome.Failed> failed(Outcome.Cause cause, String message) {
    return Optional.of(new Outcome.Failed(cause, message));
  }
}
