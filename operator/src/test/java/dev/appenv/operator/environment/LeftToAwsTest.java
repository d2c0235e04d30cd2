package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;

/** What AWS changes by itself, or has taken on and not done yet, is no drift of anything. */
class LeftToAwsTest {
  private static final String INSTANCE = "database.instance";

  private final Stage stage = new Stage();

  private void assertNobodySeesAnything() {
    stage.world.wire().forgetCounts();
    var writes = stage.cluster.writes();
    for (var i = 0; i < 15; i++) {
      stage.pass();
      assertThat(stage.drift()).isEmpty();
    }
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.isAsDesired()).isTrue();
    // What waits for the window may be told, once.
    assertThat(stage.cluster.writes() - writes).isLessThanOrEqualTo(1);
  }

  static Stream<Arguments> deedsOfRds() {
    return Stream.of(
        of("a newer minor version", i -> i.engineVersion("17.9")),
        of(
            "another zone after a failover",
            i -> i.availabilityZone("eu-central-1b").secondaryAvailabilityZone("eu-central-1a")),
        of("storage that grew by itself", i -> i.allocatedStorage(90)),
        of("more storage on its way", i -> i.pendingModifiedValues(p -> p.allocatedStorage(60))),
        of(
            "a minor version on its way",
            i -> i.pendingModifiedValues(p -> p.engineVersion("17.10"))),
        of(
            "certificates on their way",
            i -> i.pendingModifiedValues(p -> p.caCertificateIdentifier("rds-ca-ecc384-g1"))),
        of(
            "a password on its way",
            i -> i.pendingModifiedValues(p -> p.masterUserPassword("****"))),
        of("parameters that are being applied", i -> i.dbParameterGroups(applying(i))),
        of("a backup that is being made", i -> i.dbInstanceStatus("backing-up")),
        of("storage that is being optimized", i -> i.dbInstanceStatus("storage-optimization")),
        of(
            "what there is beside all that we know",
            i ->
                i.latestRestorableTime(Instant.EPOCH)
                    .caCertificateIdentifier("rds-ca-rsa4096-g1")
                    .storageThroughput(125)
                    .iops(3000)
                    .networkType("IPV4")
                    .dedicatedLogVolume(false)
                    .dbiResourceId("db-ABCDEFGHIJKL")));
  }

  private static List<DBParameterGroupStatus> applying(DBInstance.Builder instance) {
    return instance.build().dbParameterGroups().stream()
        .map(g -> g.toBuilder().parameterApplyStatus("applying").build())
        .toList();
  }

  private static Arguments of(String what, UnaryOperator<DBInstance.Builder> deed) {
    return Arguments.of(what, deed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deedsOfRds")
  void of_a_database(String what, UnaryOperator<DBInstance.Builder> deed) {
    stage.cluster.apply(Specs.database(Specs.DEDICATED, "{storageGiB: 20, maxStorageGiB: 100}"));
    stage.untilAsDesired();
    stage.region.databases().edit(stage.id(INSTANCE), deed);
    assertNobodySeesAnything();
  }

  @Test
  void standing_by_on_its_way_and_its_storage_are_not_asked_for_again() {
    stage.cluster.apply(
        Specs.database(Specs.DEDICATED, "{multiAZ: true, storageGiB: 40, backupRetentionDays: 9}"));
    stage.untilAsDesired();
    stage
        .region
        .databases()
        .edit(
            stage.id(INSTANCE),
            i ->
                i.multiAZ(false)
                    .allocatedStorage(20)
                    .backupRetentionPeriod(1)
                    .pendingModifiedValues(
                        p -> p.multiAZ(true).allocatedStorage(40).backupRetentionPeriod(9)));
    assertNobodySeesAnything();
  }

  @Test
  void a_class_that_comes_at_once_is_waited_for_and_then_nothing_is_told_of_it() {
    stage.cluster.apply(
        Specs.database(Specs.DEDICATED, "{instanceClass: db.t4g.small, applyImmediately: true}"));
    stage.untilAsDesired();
    stage.cluster.apply(Specs.database(stage.cluster.spec(), "{instanceClass: db.t4g.large}"));
    stage.untilAsDesired();
    assertThat(stage.region.databases().get(stage.id(INSTANCE)).dbInstanceClass())
        .isEqualTo("db.t4g.large");
    assertThat(stage.condition("InfrastructureReady").message())
        .isEqualTo("All AWS resources are as desired");
  }

  @Test
  void of_a_cache() {
    stage.cluster.apply(Specs.cache(Specs.DEDICATED, "{nodes: 2}"));
    stage.untilAsDesired();
    stage.region.editCache(
        stage.id("cache.replicationGroup"),
        g ->
            g.description("what somebody wrote")
                .snapshottingClusterId("replica-002")
                .autoMinorVersionUpgrade(true)
                .pendingModifiedValues(p -> p.automaticFailoverStatus("enabled"))
                .nodeGroups(
                    n -> n.primaryEndpoint(e -> e.address("master.moved.example").port(6379))));
    assertNobodySeesAnything();
  }

  @Test
  void of_a_machine() {
    stage.untilAsDesired();
    stage.region.editInstance(
        stage.id("compute.instance"),
        i ->
            i.ebsOptimized(true)
                .enaSupport(true)
                .privateDnsName("ip-10-20-0-9.eu-central-1.compute.internal")
                .stateTransitionReason("AWS moved it"));
    assertNobodySeesAnything();
  }
}
