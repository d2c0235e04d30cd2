package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/**
 * The snapshots that were made of databases when we deleted them, and how long they are kept. Each
 * bears the wish of its environment for that, so that it holds when the environment is gone.
 */
final class FinalSnapshots {
  private FinalSnapshots() {}

  /**
   * One that can be used.
   *
   * @param environment {@code namespace/name}
   */
  record FinalSnapshot(String id, String environment, Instant time, Retention retention) {

    /** Nothing when it is not one that we had made, however much it looks like one. */
    static Optional<FinalSnapshot> of(DBSnapshot snapshot, String clusterId) {
      var tags = RdsTags.map(snapshot.tagList());
      var environment = tags.get(OwnerTags.ENVIRONMENT);
      var uid = tags.get(OwnerTags.UID);
      if (!clusterId.equals(tags.get(OwnerTags.CLUSTER)) || environment == null || uid == null)
        return Optional.empty();
      var slash = environment.indexOf('/');
      if (slash < 0) return Optional.empty();
      var owner =
          new Owner(
              clusterId, uid, environment.substring(0, slash), environment.substring(slash + 1));
      return Snapshots.isAvailable(snapshot)
              && Snapshots.isFinalOf(owner, snapshot.dbSnapshotIdentifier())
          ? Optional.of(
              new FinalSnapshot(
                  snapshot.dbSnapshotIdentifier(),
                  environment,
                  snapshot.snapshotCreateTime(),
                  Retention.of(tags)))
          : Optional.empty();
    }
  }

  /**
   * Those that are to go: what is more or older than their environment wished for last, and never
   * its newest one.
   *
   * @param spared ids or ARNs of those that somebody still wants to restore
   */
  static List<String> due(List<FinalSnapshot> all, Set<String> spared, Instant now) {
    return all.stream().collect(Collectors.groupingBy(FinalSnapshot::environment)).values().stream()
        .flatMap(ofOne -> due(ofOne, now))
        .filter(id -> spared.stream().noneMatch(s -> s.equals(id) || s.endsWith(":" + id)))
        .sorted()
        .toList();
  }

  private static Stream<String> due(List<FinalSnapshot> ofOne, Instant now) {
    var newestFirst =
        ofOne.stream().sorted(Comparator.comparing(FinalSnapshot::time).reversed()).toList();
    var retention = newestFirst.getFirst().retention();
    var days = retention.days();
    return Stream.iterate(1, i -> i < newestFirst.size(), i -> i + 1)
        .filter(i ->
            i >= retention.keep()
                || (days != null
                    && newestFirst.get(i).time().plus(Duration.ofDays(days)).isBefore(now)))
        .map(i -> newestFirst.get(i).id());
  }

  /** Deletes those that are due, of all environments of the cluster in the account and region. */
  static void prune(Calls aws, String clusterId, Set<String> spared, Instant now) {
    var all = Snapshots.manual(aws).flatMap(s -> FinalSnapshot.of(s, clusterId).stream()).toList();
    for (var id : due(all, spared, now))
      aws.client(RdsClient.class, Permit.DELETE).deleteDBSnapshot(r -> r.dbSnapshotIdentifier(id));
  }
}
