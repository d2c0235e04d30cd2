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
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** What is kept of databases. Snapshots bear the tags of the database that they were taken of. */
final class Snapshots {
  private static final String AVAILABLE = "available";
  private static final String MANUAL = "manual";
  private static final int LONGEST_NAME = 40;
  private static final int TIME_LENGTH = "yyyyMMdd-HHmmss".length();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Snapshots() {}

  /** The name of the last snapshot of a database: whose, by name and UID, and when. */
  static String finalName(Owner owner, Instant now) {
    return finalName(owner, TIME.format(now));
  }

  private static String finalName(Owner owner, String time) {
    var name =
        owner.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    var cut = name.substring(0, Math.min(LONGEST_NAME, name.length()));
    var uid = owner.uid().substring(0, Math.min(8, owner.uid().length()));
    return "appenv-%s-%s-%s".formatted(cut, uid, time).replaceAll("-{2,}", "-");
  }

  /** Whether it has the name of one that we had made; others may be made of a database by hand. */
  static boolean isFinalOf(Owner owner, String snapshot) {
    var time = snapshot.substring(Math.max(0, snapshot.length() - TIME_LENGTH));
    return snapshot.equals(finalName(owner, time)) && time.matches("\\d{8}-\\d{6}");
  }

  /** What of a database that is gone was kept when we deleted it last. */
  static Kept keptOf(Calls aws, Owner owner, String databaseId) {
    return aws
        .client(RdsClient.class, Permit.READ)
        .describeDBSnapshotsPaginator(r -> r.dbInstanceIdentifier(databaseId).snapshotType(MANUAL))
        .dbSnapshots()
        .stream()
        .filter(s -> isFinalOf(owner, s.dbSnapshotIdentifier()))
        // The names end with the time.
        .max(Comparator.comparing(DBSnapshot::dbSnapshotIdentifier))
        .<Kept>map(s ->
            switch (s.status()) {
              case AVAILABLE -> new Kept.Snapshot(s.dbSnapshotIdentifier());
              case "creating" -> new Kept.Underway(s.dbSnapshotIdentifier());
              default -> new Kept.Lost();
            })
        .orElseGet(Kept.Lost::new);
  }

  /** All that are not AWS's own daily ones. */
  static Stream<DBSnapshot> manual(Calls aws) {
    return aws
        .client(RdsClient.class, Permit.READ)
        .describeDBSnapshotsPaginator(r -> r.snapshotType(MANUAL).maxRecords(100))
        .dbSnapshots()
        .stream();
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

  static boolean isAvailable(DBSnapshot snapshot) {
    return AVAILABLE.equals(snapshot.status());
  }

  static boolean isOf(DBSnapshot snapshot, String clusterId, String environment) {
    var tags = RdsTags.map(snapshot.tagList());
    return clusterId.equals(tags.get(OwnerTags.CLUSTER))
        && environment.equals(tags.get(OwnerTags.ENVIRONMENT));
  }

  private static Optional<DBSnapshot> newest(List<DBSnapshot> snapshots) {
    return snapshots.stream()
        .filter(Snapshots::isAvailable)
        .max(Comparator.comparing(DBSnapshot::snapshotCreateTime));
  }
}
