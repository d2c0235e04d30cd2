package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of environments when the chart or its definitions go: data as the policy says. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class UninstallIT {
  private static final String DEFINITION = "appenvironments.appenv.dev";

  private final TestBed bed;
  private final Aws aws;
  private final Environment left;
  private final Environment defined;
  private final Environment retained;

  UninstallIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    left = bed.environment("left").spec("{database: {}, bucket: {}}").create();
    defined = bed.environment("defined").spec("{database: {}, bucket: {}}").create();
    retained =
        bed.environment("kept")
            .spec("{database: {}, lifecycle: {deletionPolicy: Retain}}")
            .create();
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    left.untilInfrastructureReady();
    defined.untilInfrastructureReady();
    retained.untilInfrastructureReady();
  }

  @AfterAll
  void back() {
    bed.reinstall();
  }

  /** In this order: the definitions take all environments with them. */
  @Test
  void the_chart_and_then_its_definitions_go() {
    withoutTheChartNothingHappensUntilItIsBack();
    withTheDefinitionsGoTheEnvironmentsAndTheirDataStayAsThePolicySays();
    definedAgainTheOperatorWorks();
  }

  private void withoutTheChartNothingHappensUntilItIsBack() {
    var before = aws.inventory();
    var mark = aws.mark();
    bed.uninstall();
    assertThat(definition()).isNotNull();
    left.delete();
    assertThat(left.get().getMetadata().getFinalizers()).isNotEmpty();
    assertThat(defined.get().getMetadata().getDeletionTimestamp()).isNull();
    assertThat(aws.inventory()).isEqualTo(before);
    assertThat(mark.changes()).isEmpty();
    var database = left.id("database.instance");
    bed.reinstall();
    left.untilGone();
    assertThat(aws.inventory().of(left).ids()).isEmpty();
    assertThat(snapshots(database)).isOne();
    defined.untilInfrastructureReady();
  }

  private void withTheDefinitionsGoTheEnvironmentsAndTheirDataStayAsThePolicySays() {
    var database = defined.id("database.instance");
    var kept = aws.inventory().of(retained).ids();
    bed.kubernetes().apiextensions().v1().customResourceDefinitions().withName(DEFINITION).delete();
    defined.untilGone();
    retained.untilGone();
    await("the definition to be gone")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(definition()).isNull());
    assertThat(aws.inventory().of(defined).ids()).isEmpty();
    assertThat(snapshots(database)).isOne();
    assertThat(defined.configMap("-tombstone")).containsKey("snapshot");
    assertThat(aws.inventory().ids()).containsAll(kept);
    assertThat(aws.inventory().of(retained).ids()).as("still marked").isEmpty();
  }

  private void definedAgainTheOperatorWorks() {
    bed.define();
    bed.operator().restart();
    var next = bed.environment("next").create();
    next.untilInfrastructureReady();
    next.delete();
    next.untilGone();
  }

  private int snapshots(String database) {
    return aws.rds()
        .describeDBSnapshots(r -> r.dbInstanceIdentifier(database))
        .dbSnapshots()
        .size();
  }

  private Object definition() {
    return bed.kubernetes()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(DEFINITION)
        .get();
  }
}
