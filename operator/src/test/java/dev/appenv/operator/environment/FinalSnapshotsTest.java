package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.appenv.api.DriftStatus;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.CallHook;
import dev.appenv.operator.aws.memory.Databases;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** What is left of an environment's databases, for how long, and who may see it. */
class FinalSnapshotsTest {
  private static final String INSTANCE = "database.instance";

  private final Stage stage = new Stage();
  private final Databases rds = stage.region.databases();

  private void wish(String database) {
    stage.cluster.apply(Specs.database(Specs.DEDICATED, database));
    stage.untilAsDesired();
    stage.world.wire().forgetCounts();
  }

  /** The database is taken out of the spec, and leaves a snapshot. */
  private String leave() {
    stage.cluster.apply(Specs.database(stage.cluster.spec(), "null"));
    stage.untilAsDesired();
    stage.passes(5);
    return rds.snapshots().getLast().dbSnapshotIdentifier();
  }

  private List<String> snapshots() {
    return rds.snapshots().stream().map(DBSnapshot::dbSnapshotIdentifier).toList();
  }

  @Test
  void no_more_are_kept_than_the_user_wishes_and_the_newest_always() {
    wish("{finalSnapshots: {keep: 2}}");
    leave();
    wish("{finalSnapshots: {keep: 2}}");
    var second = leave();
    wish("{finalSnapshots: {keep: 2}}");
    var third = leave();
    assertThat(snapshots()).containsExactly(second, third);
    wish("{finalSnapshots: {keep: 1}}");
    var last = leave();
    assertThat(snapshots()).containsExactly(last);
  }

  @Test
  void old_ones_go_when_the_time_has_come_and_the_newest_never() {
    wish("{finalSnapshots: {days: 30}}");
    leave();
    wish("{finalSnapshots: {days: 30}}");
    var second = leave();
    assertThat(snapshots()).hasSize(2);
    stage.world.clock().advance(Duration.ofDays(31));
    wish("{}");
    assertThat(snapshots()).containsExactly(second);
    stage.world.clock().advance(Duration.ofDays(400));
    stage.passes(3);
    assertThat(snapshots()).containsExactly(second);
  }

  @Test
  void one_from_which_an_environment_is_raised_stays() {
    wish("{finalSnapshots: {keep: 1}}");
    var first = leave();
    stage.cluster.restoring("arn:aws:rds:eu-central-1:123456789012:snapshot:" + first);
    wish("{finalSnapshots: {keep: 1}}");
    var second = leave();
    assertThat(snapshots()).containsExactly(first, second);
  }

  @Test
  void what_others_made_stays_however_much_it_looks_like_ours() {
    wish("{finalSnapshots: {keep: 1}}");
    var id = stage.id(INSTANCE);
    var now = stage.world.clock().instant();
    rds.takeSnapshot(id, "appenv-shop-main-by-hand", false, now);
    rds.takeSnapshot(id, "appenv-shop-main-0c6f2f0e-20200101-000000", false, now);
    rds.editSnapshot("appenv-shop-main-0c6f2f0e-20200101-000000", s -> s.tagList(List.of()));
    leave();
    wish("{finalSnapshots: {keep: 1}}");
    leave();
    assertThat(snapshots())
        .hasSize(3)
        .contains("appenv-shop-main-by-hand", "appenv-shop-main-0c6f2f0e-20200101-000000");
  }

  @Test
  void one_that_may_not_be_deleted_is_named_before_the_environment_is_forgotten() {
    wish("{finalSnapshots: {keep: 1}}");
    leave();
    wish("{finalSnapshots: {keep: 1}}");
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals("DeleteDBSnapshot"))
            throw AwsErrors.denied("rds:DeleteDBSnapshot");
          return CallHook.Answer.AS_IT_IS;
        });
    stage.cluster.delete();
    stage.passes(20);
    assertThat(stage.cluster.isGone()).isFalse();
    assertThat(stage.condition("Stalled").message())
        .startsWith("database.instance: what is kept too long could not be deleted: ")
        .contains("rds:DeleteDBSnapshot");
    stage.world.wire().hook(CallHook.NONE);
    stage.untilGone();
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void a_suspended_environment_takes_nothing_away() {
    wish("{finalSnapshots: {days: 1}}");
    leave();
    wish("{finalSnapshots: {days: 1}}");
    leave();
    wish("{finalSnapshots: {days: 1}}");
    stage.cluster.apply(Specs.suspended(stage.cluster.spec()));
    stage.world.clock().advance(Duration.ofDays(3));
    stage.passes(5);
    assertThat(snapshots()).hasSize(2);
  }

  @Test
  void a_snapshot_made_by_hand_is_not_taken_for_the_last_one() {
    wish("{}");
    var id = stage.id(INSTANCE);
    rds.takeSnapshot(id, "before-the-migration", false, stage.world.clock().instant());
    stage.cluster.delete();
    stage.passes(1);
    var last = snapshots().stream().filter(s -> s.startsWith("appenv-")).findFirst().orElseThrow();
    rds.editSnapshot(last, s -> s.status("creating"));
    stage.passes(30);
    assertThat(stage.cluster.isGone()).isFalse();
    assertThat(stage.condition("Ready").message()).contains("waiting for snapshot " + last);
    rds.editSnapshot(last, s -> s.status("available"));
    stage.untilGone();
    assertThat(stage.cluster.tombstones().getLast().getData()).containsEntry("snapshot", last);
  }

  // ---- before anything is deleted

  private void assertNothingIsDeleted(String reason) {
    var names = stage.ownedNames();
    stage.world.wire().forgetCounts();
    stage.cluster.delete();
    stage.passes(5);
    assertThat(stage.ownedNames()).isEqualTo(names);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.condition("Stalled").reason()).isEqualTo(reason);
    assertThat(Objects.requireNonNull(stage.status().operations()))
        .extracting(o -> o.resource())
        .containsExactly(INSTANCE);
  }

  @Test
  void without_room_for_a_snapshot_nothing_is_deleted_and_the_quota_is_named() {
    wish("{}");
    var now = stage.world.clock().instant();
    rds.takeSnapshot(stage.id(INSTANCE), "by-hand", false, now);
    rds.snapshotQuota(1);
    assertNothingIsDeleted("QuotaExceeded");
    assertThat(stage.condition("Stalled").message())
        .isEqualTo(
            "database.instance: no final snapshot could be made, for the account has 1 manual snapshots in the region and may have 1 (quota ManualSnapshots of RDS); delete some, have the quota raised, or set spec.lifecycle.deletionPolicy to Delete if the data are not needed");
    rds.snapshotQuota(2);
    stage.untilGone();
    assertThat(snapshots()).hasSize(2);
  }

  @Test
  void room_is_made_by_those_that_are_kept_too_long() {
    wish("{finalSnapshots: {days: 30}}");
    leave();
    wish("{finalSnapshots: {days: 30}}");
    leave();
    wish("{}");
    rds.snapshotQuota(2);
    stage.world.clock().advance(Duration.ofDays(31));
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().refusals()).isEmpty();
    assertThat(snapshots()).hasSize(2);
  }

  @Test
  void without_its_data_it_goes_whatever_the_quota() {
    wish("{}");
    rds.snapshotQuota(0);
    stage.cluster.apply(Specs.discarding(stage.cluster.spec()));
    stage.untilAsDesired();
    stage.cluster.delete();
    stage.untilGone();
    assertThat(snapshots()).isEmpty();
  }

  @Test
  void a_read_replica_keeps_everything_and_is_named() {
    wish("{}");
    var id = stage.id(INSTANCE);
    rds.edit(id, i -> i.readReplicaDBInstanceIdentifiers("reports"));
    stage.world.clock().advance(Operator.SWEEP_INTERVAL);
    assertNothingIsDeleted("InUse");
    assertThat(stage.condition("Stalled").message())
        .isEqualTo(
            "database.instance: %s has read replicas, which are not of this environment: reports; delete them, or promote them to databases of their own"
                .formatted(id));
    rds.edit(id, i -> i.readReplicaDBInstanceIdentifiers(List.of()));
    stage.untilGone();
  }

  @Test
  void protection_that_somebody_set_in_aws_is_taken_off_before_anything_else_is_deleted() {
    wish("{}");
    rds.edit(stage.id(INSTANCE), i -> i.deletionProtection(true));
    stage.world.clock().advance(Operator.SWEEP_INTERVAL);
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changes().getFirst()).isEqualTo("ModifyDBInstance");
    assertThat(stage.world.wire().refusals()).isEmpty();
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void a_quota_that_cannot_be_read_keeps_everything() {
    wish("{}");
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals("DescribeAccountAttributes")) throw AwsErrors.denied();
          return CallHook.Answer.AS_IT_IS;
        });
    assertNothingIsDeleted("AccessDenied");
    stage.world.wire().hook(CallHook.NONE);
    stage.untilGone();
  }

  @Test
  void a_database_that_is_only_taken_out_of_the_spec_waits_alone() {
    wish("{}");
    rds.snapshotQuota(0);
    stage.cluster.apply(Specs.database(stage.cluster.spec(), "null"));
    stage.passes(10);
    assertThat(stage.condition("Stalled").reason()).isEqualTo("QuotaExceeded");
    assertThat(stage.ownedNames()).contains(INSTANCE);
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void a_snapshot_of_its_name_that_is_there_already_only_costs_another_name() {
    wish("{}");
    var taken = new AtomicBoolean();
    stage
        .world
        .wire()
        .hook(site -> {
          if (site.operation().equals("DeleteDBInstance")
              && site.isBefore()
              && !taken.getAndSet(true))
            throw AwsErrors.refused("DBSnapshotAlreadyExists", "it is there already");
          return CallHook.Answer.AS_IT_IS;
        });
    stage.cluster.delete();
    stage.untilGone();
    assertThat(snapshots()).hasSize(1);
  }

  // ---- who may see them

  private void share(String account) {
    var id = stage.id(INSTANCE);
    rds.takeSnapshot(id, "for-a-colleague", false, stage.world.clock().instant());
    rds.shareSnapshot("for-a-colleague", account);
  }

  private void refresh() {
    stage.cluster.annotate(Annotations.REFRESH, "now");
    stage.pass();
  }

  @Test
  void one_that_somebody_made_public_is_named_and_made_private() {
    wish("{}");
    share("all");
    refresh();
    assertThat(stage.drift())
        .extracting(DriftStatus::resource, DriftStatus::field, DriftStatus::driftClass)
        .containsExactly(tuple(INSTANCE, "snapshotShares[for-a-colleague with all]", "security"));
    stage.untilAsDesired();
    assertThat(rds.snapshotShares("for-a-colleague")).isEmpty();
  }

  @Test
  void one_that_somebody_shared_is_only_reported_where_the_policy_says_so() {
    wish("{}");
    stage.cluster.apply(Specs.reportOnly(stage.cluster.spec()));
    share("210987654321");
    refresh();
    stage.passes(10);
    assertThat(stage.drift())
        .extracting(DriftStatus::field)
        .containsExactly("snapshotShares[for-a-colleague with 210987654321]");
    assertThat(rds.snapshotShares("for-a-colleague")).containsExactly("210987654321");
  }

  @Test
  void they_are_looked_at_seldom() {
    wish("{}");
    share("all");
    stage.passes(3);
    stage.world.wire().forgetCounts();
    stage.passes(365);
    assertThat(stage.world.wire().calls("DescribeDBSnapshots")).isBetween(1, 3);
    assertThat(rds.snapshotShares("for-a-colleague")).isEmpty();
  }

  @Test
  void those_of_others_may_be_as_public_as_others_like() {
    wish("{}");
    share("all");
    rds.editSnapshot("for-a-colleague", s -> s.tagList(List.of()));
    refresh();
    stage.passes(5);
    assertThat(rds.snapshotShares("for-a-colleague")).isEqualTo(Set.of("all"));
    assertThat(stage.drift()).isEmpty();
  }
}
