package dev.appenv.operator.aws.memory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.AccountQuota;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DBSnapshotAttribute;
import software.amazon.awssdk.services.rds.model.Tag;

/** Snapshots of databases, and who may restore them. */
final class DbSnapshots {
  static final String MANUAL = "manual";

  private final Map<String, DBSnapshot> all = new TreeMap<>();
  private final Map<String, Set<String>> shares = new HashMap<>();
  private long quota = 100;

  List<DBSnapshot> all() {
    return List.copyOf(all.values());
  }

  DBSnapshot get(String id) {
    var snapshot = all.get(id);
    if (snapshot == null) throw AwsErrors.notFound("DBSnapshotNotFound", id);
    return snapshot;
  }

  void clear() {
    all.clear();
  }

  void replace(DBSnapshot snapshot) {
    all.put(snapshot.dbSnapshotIdentifier(), snapshot);
  }

  void quota(long most) {
    quota = most;
  }

  AccountQuota quota() {
    return AccountQuota.builder()
        .accountQuotaName("ManualSnapshots")
        .used(manual())
        .max(quota)
        .build();
  }

  private long manual() {
    return all.values().stream().filter(s -> MANUAL.equals(s.snapshotType())).count();
  }

  /** Those that a request asks for. */
  List<DBSnapshot> of(@Nullable String instance, @Nullable String type) {
    return all.values().stream()
        .filter(s -> instance == null || instance.equals(s.dbInstanceIdentifier()))
        .filter(s -> type == null || type.equals(s.snapshotType()))
        .toList();
  }

  void take(String name, String type, DBInstance instance, List<Tag> tags, Instant now) {
    if (all.containsKey(name))
      throw AwsErrors.refused("DBSnapshotAlreadyExists", name + " already exists");
    if (type.equals(MANUAL) && manual() >= quota)
      throw AwsErrors.refused("SnapshotQuotaExceeded", "You have reached the snapshot quota");
    all.put(
        name,
        DBSnapshot.builder()
            .dbSnapshotIdentifier(name)
            .dbInstanceIdentifier(instance.dbInstanceIdentifier())
            .snapshotType(type)
            .status("available")
            .snapshotCreateTime(now)
            .engine(instance.engine())
            .engineVersion(instance.engineVersion())
            .masterUsername(instance.masterUsername())
            .allocatedStorage(instance.allocatedStorage())
            .encrypted(instance.storageEncrypted())
            .tagList(Boolean.TRUE.equals(instance.copyTagsToSnapshot()) ? tags : List.of())
            .build());
  }

  void delete(String id) {
    get(id);
    all.remove(id);
    shares.remove(id);
  }

  Set<String> shares(String id) {
    return shares.computeIfAbsent(get(id).dbSnapshotIdentifier(), _ -> new TreeSet<>());
  }

  List<DBSnapshotAttribute> attributes(String id) {
    return List.of(
        DBSnapshotAttribute.builder().attributeName("restore").attributeValues(shares(id)).build());
  }
}
