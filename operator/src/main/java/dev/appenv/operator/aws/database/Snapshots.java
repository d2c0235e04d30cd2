package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** What is kept of databases. Snapshots bear the tags of the database that they were taken of. */
final class Snapshots {
  private static final String AVAILABLE = "available";
  private static final String MANUAL = "manual";
  private static final int LONGEST_NAME = 40;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Snapshots() {}

  /** The name of the last snapshot of a database: whose, by name and UID, and when. */
  static String finalName(Owner owner, Instant now) {
    var name =
        owner.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    var cut = name.substring(0, Math.min(LONGEST_NAME, name.length()));
    var uid = owner.uid().substring(0, Math.min(8, owner.uid().length()));
    return "appenv-%s-%s-%s".formatted(cut, uid, TIME.format(now)).replaceAll("-{2,}", "-");
  }

  /** What of a database that is gone was kept. */
  static Kept keptOf(Calls aws, String databaseId) {
    var all =
        aws
            .client(RdsClient.class, Permit.READ)
            .describeDBSnapshotsPaginator(
                r -> r.dbInstanceIdentifier(databaseId).snapshotType(MANUAL))
            .dbSnapshots()
            .stream()
            .toList();
    var available = newest(all);
    if (available.isPresent()) return new Kept.Snapshot(available.get().dbSnapshotIdentifier());
    return all.stream()
        .filter(s -> "creating".equals(s.status()))
        .findFirst()
        .<Kept>map(s -> new Kept.Underway(s.dbSnapshotIdentifier()))
        .orElseGet(Kept.Lost::new);
  }

  /** The latest of all available snapshots, automated ones too, of this environment's databases. */
  static Optional<String> latestOf(Calls aws, String clusterId, String environment) {
    var all =
        aws
            .client(RdsClient.class, Permit.READ)
            .describeDBSnapshotsPaginator(r -> r.maxRecords(100))
            .dbSnapshots()
            .stream()
            .filter(s -> isOf(s, clusterId, environment))
            .toList();
    return newest(all).map(DBSnapshot::dbSnapshotIdentifier);
  }

  private static boolean isOf(DBSnapshot snapshot, String clusterId, String environment) {
    var tags = RdsTags.map(snapshot.tagList());
    return clusterId.equals(tags.get(OwnerTags.CLUSTER))
        && environment.equals(tags.get(OwnerTags.ENVIRONMENT));
  }

  private static Optional<DBSnapshot> newest(List<DBSnapshot> snapshots) {
    return snapshots.stream()
        .filter(s -> AVAILABLE.equals(s.status()))
        .max(Comparator.comparing(DBSnapshot::snapshotCreateTime));
  }
}
