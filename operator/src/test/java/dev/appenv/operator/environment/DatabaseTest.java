package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.appenv.api.DriftStatus;
import dev.appenv.operator.aws.memory.Databases;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An environment's database: what it is told of, kept from, and never deprived of. */
class DatabaseTest {
  private static final String INSTANCE = "database.instance";

  private final Stage stage = created();
  private final Databases rds = stage.region.databases();
  private final String id = stage.id(INSTANCE);

  private static Stage created() {
    var stage = new Stage();
    stage.cluster.apply(
        Specs.database(
            Specs.DEDICATED,
            "{storageGiB: 20, maxStorageGiB: 100, backupWindow: '03:00-03:30', maintenanceWindow: 'sun:04:00-sun:04:30'}"));
    stage.untilAsDesired();
    // What was read until now counts no more.
    stage.world.clock().advance(Operator.SWEEP_INTERVAL);
    stage.world.wire().forgetCounts();
    return stage;
  }

  private Map<String, String> told() {
    var secret =
        stage.cluster.secrets().get(Cluster.OWNER.namespace(), Cluster.OWNER.name() + "-outputs");
    return GeneratedSecrets.decoded(Objects.requireNonNull(secret));
  }

  private List<String> changes() {
    return stage.world.wire().changes();
  }

  private void untilNothingChanges() {
    stage.world.wire().forgetCounts();
    stage.passes(20);
    assertThat(changes()).isEmpty();
    assertThat(stage.isAsDesired()).isTrue();
  }

  private void spec(String patch) {
    stage.cluster.apply(Specs.database(stage.cluster.spec(), patch));
  }

  private String approval() {
    return Objects.requireNonNull(Objects.requireNonNull(stage.status().plan()).approval());
  }

  @Test
  void the_application_is_told_how_to_reach_it() {
    var host = id + ".rds.example";
    assertThat(told())
        .containsEntry(
            "DATABASE_URL",
            "postgresql://app:%s@%s:5432/app?sslmode=require".formatted(rds.password(id), host))
        .containsEntry("PGHOST", host)
        .containsEntry("PGPASSWORD", rds.password(id))
        .containsOnlyKeys("DATABASE_URL", "PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE");
  }

  @Test
  void a_still_one_costs_no_change_and_no_write() {
    stage.passes(3);
    var writes = stage.cluster.writes();
    untilNothingChanges();
    assertThat(stage.cluster.writes()).isEqualTo(writes);
  }

  @Test
  void another_password_is_set_once_and_told_afterwards() {
    var before = rds.password(id);
    stage.cluster.annotate(Annotations.ROTATE, "2026-11-23");
    stage.passes(1);
    assertThat(told()).containsEntry("PGPASSWORD", before);
    stage.untilAsDesired();
    stage.passes(5);
    assertThat(changes()).containsExactly("ModifyDBInstance");
    assertThat(rds.password(id)).isNotEqualTo(before);
    assertThat(told()).containsEntry("PGPASSWORD", rds.password(id));
  }

  @Test
  void another_password_for_one_that_somebody_has_stopped_is_set_once_it_runs() {
    var before = rds.password(id);
    rds.edit(id, i -> i.dbInstanceStatus("stopped"));
    stage.cluster.annotate(Annotations.ROTATE, "2026-11-23");
    stage.passes(4);
    stage.untilAsDesired();
    assertThat(changes()).startsWith("StartDBInstance").contains("ModifyDBInstance");
    assertThat(rds.password(id)).isNotEqualTo(before);
    assertThat(told()).containsEntry("PGPASSWORD", rds.password(id));
  }

  @Test
  void growth_is_ended_where_the_storage_has_grown_already() {
    rds.edit(id, i -> i.allocatedStorage(50));
    spec("{maxStorageGiB: null}");
    stage.untilAsDesired();
    assertThat(rds.get(id).maxAllocatedStorage()).isNull();
    assertThat(stage.world.wire().refusals()).isEmpty();
    untilNothingChanges();
  }

  @Test
  void no_password_is_in_what_users_read() {
    stage.cluster.annotate(Annotations.ROTATE, "2026-11-23");
    stage.passes(1);
    var early = String.valueOf(stage.cluster.status());
    stage.untilAsDesired();
    assertThat(early + stage.cluster.status()).doesNotContain(rds.password(id));
  }

  @Test
  void a_secret_that_was_lost_is_made_anew_and_set() {
    stage.cluster.secrets().remove("shop", "shop-main-passwords");
    stage.untilAsDesired();
    stage.passes(5);
    assertThat(told()).containsEntry("PGPASSWORD", rds.password(id));
  }

  @Test
  void deleting_leaves_one_snapshot_and_word_of_it() {
    stage.cluster.delete();
    stage.untilGone();
    assertThat(rds.snapshots()).hasSize(1);
    var snapshot = rds.snapshots().getFirst().dbSnapshotIdentifier();
    assertThat(snapshot).startsWith("appenv-shop-main-0c6f2f0e-20");
    assertThat(stage.cluster.tombstones())
        .singleElement()
        .satisfies(map -> {
          assertThat(map.getMetadata().getName()).isEqualTo("shop-main-tombstone");
          assertThat(map.getData())
              .containsEntry("snapshot", snapshot)
              .containsEntry("environment", "shop/shop-main")
              .containsEntry("branch", "main")
              .containsEntry("account", Cluster.ACCOUNT);
        });
  }

  @Test
  void deleting_without_its_data_is_only_done_when_told_so() {
    stage.cluster.apply(Specs.discarding(stage.cluster.spec()));
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(rds.snapshots()).isEmpty();
    assertThat(stage.cluster.tombstones()).isEmpty();
  }

  @Test
  void deleting_waits_for_a_snapshot_that_is_missing() {
    stage.cluster.delete();
    stage.passes(1);
    rds.removeSnapshots();
    stage.passes(30);
    assertThat(stage.cluster.isGone()).isFalse();
    assertThat(stage.condition("Stalled").reason()).isEqualTo("SnapshotMissing");
    assertThat(stage.condition("Stalled").message())
        .isEqualTo(
            "database.instance: %s is gone and AWS has no snapshot of it; if its data are not needed, set spec.lifecycle.deletionPolicy to Delete"
                .formatted(id));
    stage.cluster.apply(Specs.discarding(stage.cluster.spec()));
    stage.untilGone();
  }

  @Test
  void a_protected_one_keeps_everything_from_being_deleted() {
    spec("{deletionProtection: true}");
    stage.untilAsDesired();
    assertThat(rds.get(id).deletionProtection()).isTrue();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.passes(5);
    assertThat(changes()).isEmpty();
    assertThat(stage.condition("Stalled").reason()).isEqualTo("DeletionProtected");
    spec("{deletionProtection: false}");
    stage.untilGone();
    assertThat(rds.snapshots()).hasSize(1);
  }

  @Test
  void taken_out_of_the_spec_it_goes_with_a_snapshot_and_comes_back_empty_when_wished_again() {
    stage.cluster.apply(Specs.database(stage.cluster.spec(), "null"));
    stage.untilAsDesired();
    stage.passes(5);
    assertThat(rds.snapshots()).hasSize(1);
    assertThat(stage.ownedNames()).isEqualTo(Story.ALL_NAMES);
    assertThat(stage.cluster.tombstones()).hasSize(1);
    stage.cluster.apply(Specs.withDatabase(stage.cluster.spec()));
    stage.untilAsDesired();
    assertThat(stage.ownedNames()).contains(INSTANCE);
  }

  @Test
  void one_that_somebody_deleted_is_not_made_again_unasked() {
    rds.remove(id);
    stage.passes(10);
    assertThat(changes()).isEmpty();
    assertThat(stage.drift())
        .extracting(DriftStatus::resource, DriftStatus::field, DriftStatus::driftClass)
        .containsExactly(tuple(INSTANCE, "database", "data"));
    assertThat(stage.condition("Approved").message())
        .contains("create again, empty, database.instance, for %s is gone".formatted(id))
        .contains("restoreFrom");
    stage.cluster.annotate(Annotations.APPROVE, approval());
    stage.untilAsDesired();
    assertThat(changes()).contains("CreateDBInstance");
  }

  @Test
  void one_that_somebody_deleted_is_made_again_from_what_the_user_names() {
    stage.cluster.delete();
    stage.untilGone();
    stage.applyAgain(Specs.withDatabase(Specs.DEDICATED));
    stage.untilAsDesired();
    rds.remove(stage.id(INSTANCE));
    stage.passes(5);
    stage.world.wire().forgetCounts();
    spec("{restoreFrom: {environment: shop-main}}");
    stage.untilAsDesired();
    assertThat(changes()).contains("RestoreDBInstanceFromDBSnapshot");
  }

  @Test
  void one_from_a_snapshot_becomes_as_it_is_wished_for_and_gets_a_password_of_its_own() {
    stage.cluster.delete();
    stage.untilGone();
    var snapshot = rds.snapshots().getFirst().dbSnapshotIdentifier();
    stage.applyAgain(
        Specs.database(
            Specs.DEDICATED,
            "{backupRetentionDays: 9, restoreFrom: {snapshot: %s}}".formatted(snapshot)));
    stage.untilAsDesired();
    var restored = stage.id(INSTANCE);
    assertThat(rds.get(restored).backupRetentionPeriod()).isEqualTo(9);
    assertThat(told()).containsEntry("PGPASSWORD", rds.password(restored));
    untilNothingChanges();
  }

  @Test
  void one_from_an_environment_without_a_snapshot_is_refused_with_the_reason() {
    stage.cluster.apply(Specs.database(Specs.database(Specs.DEDICATED, "null"), "null"));
    stage.cluster.apply(Specs.discarding(stage.cluster.spec()));
    stage.untilAsDesired();
    stage.passes(5);
    spec("{restoreFrom: {environment: elsewhere}}");
    stage.passes(10);
    assertThat(stage.condition("Stalled").message())
        .contains("there is no available snapshot of the database of environment shop/elsewhere");
  }

  @Test
  void another_class_waits_for_the_window_and_is_no_drift_meanwhile() {
    spec("{instanceClass: db.t4g.large}");
    stage.untilAsDesired();
    assertThat(changes()).containsExactly("ModifyDBInstance");
    assertThat(stage.condition("InfrastructureReady").message())
        .endsWith(
            "database.instance: instanceClass becomes db.t4g.large in the maintenance window sun:04:00-sun:04:30 (UTC)");
    untilNothingChanges();
  }

  @Test
  void storage_that_grew_a_newer_minor_version_and_another_zone_are_left_to_aws() {
    rds.edit(
        id, i -> i.allocatedStorage(35).engineVersion("17.9").availabilityZone("eu-central-1b"));
    untilNothingChanges();
    assertThat(rds.get(id).allocatedStorage()).isEqualTo(35);
  }

  @Test
  void a_subnet_taken_out_of_its_group_is_put_back() {
    rds.dropSubnet(stage.id("database.subnetGroup"));
    stage.passes(15);
    assertThat(changes()).containsExactly("ModifyDBSubnetGroup");
    assertThat(stage.isAsDesired()).isTrue();
  }
}
