package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.Owner;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.rds.RdsClient;

/** Who else may restore the snapshots of an environment's databases. */
final class SnapshotShares {
  static final String FIELD = "snapshotShares";

  private static final String RESTORE = "restore";
  private static final String WITH = " with ";

  private SnapshotShares() {}

  /**
   * Each as {@code snapshot with account}, where {@code all} is everybody. Automated ones cannot be
   * shared.
   */
  static Set<String> of(Calls aws, Owner owner) {
    var shares = new TreeSet<String>();
    Snapshots.manual(aws)
        .filter(s -> Snapshots.isOf(s, owner.clusterId(), owner.path()))
        .filter(Snapshots::isAvailable)
        .forEach(s ->
            accounts(aws, s.dbSnapshotIdentifier())
                .forEach(account -> shares.add(s.dbSnapshotIdentifier() + WITH + account)));
    return Set.copyOf(shares);
  }

  private static List<String> accounts(Calls aws, String snapshot) {
    var answer =
        aws.client(RdsClient.class, Permit.READ)
            .describeDBSnapshotAttributes(r -> r.dbSnapshotIdentifier(snapshot))
            .dbSnapshotAttributesResult();
    return answer.dbSnapshotAttributes().stream()
        .filter(attribute -> RESTORE.equals(attribute.attributeName()))
        .flatMap(attribute -> attribute.attributeValues().stream())
        .toList();
  }

  /** Ends those among the differences. */
  static void end(Calls aws, List<Difference> differences) {
    for (var difference : differences) {
      if (!difference.field().equals(FIELD)) continue;
      var at = difference.element().indexOf(WITH);
      var snapshot = difference.element().substring(0, at);
      var account = difference.element().substring(at + WITH.length());
      aws.client(RdsClient.class, Permit.CHANGE)
          .modifyDBSnapshotAttribute(
              r -> r.dbSnapshotIdentifier(snapshot).attributeName(RESTORE).valuesToRemove(account));
    }
  }
}
