package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.appenv.api.DriftStatus;
import dev.appenv.operator.aws.memory.Databases;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parameters of an environment's database. */
class ParametersTest {
  /** They are read every thirty sweep intervals. */
  private static final int SOON = 62;

  private final Stage stage = new Stage();
  private final Databases rds = stage.region.databases();

  private void wish(String database) {
    stage.cluster.apply(Specs.database(Specs.DEDICATED, database));
    stage.untilAsDesired();
    stage.world.wire().forgetCounts();
  }

  private Map<String, String> parameters() {
    return rds.parameters(stage.id("database.parameterGroup"));
  }

  private String status() {
    return rds.get(stage.id("database.instance"))
        .dbParameterGroups()
        .getFirst()
        .parameterApplyStatus();
  }

  @Test
  void who_connects_has_to_speak_tls_unless_the_user_says_otherwise() {
    wish("{}");
    assertThat(parameters()).isEqualTo(Map.of("rds.force_ssl", "1"));
    wish("{parameters: {rds.force_ssl: '0'}}");
    assertThat(parameters()).isEqualTo(Map.of("rds.force_ssl", "0"));
  }

  @Test
  void they_hold_from_the_first_start_and_no_restart_is_needed() {
    wish("{parameters: {shared_buffers: '32768'}}");
    assertThat(parameters()).containsEntry("shared_buffers", "32768");
    assertThat(status()).isEqualTo("in-sync");
    assertThat(rds.get(stage.id("database.instance")).dbParameterGroups().getFirst())
        .extracting(g -> g.dbParameterGroupName())
        .isEqualTo(stage.id("database.parameterGroup"));
  }

  @Test
  void one_that_takes_effect_at_once_is_set_by_one_call() {
    wish("{}");
    wish("{parameters: {work_mem: '8192'}}");
    assertThat(parameters()).containsEntry("work_mem", "8192");
    assertThat(status()).isEqualTo("in-sync");
  }

  @Test
  void one_that_needs_a_restart_waits_for_it_and_status_says_so() {
    wish("{}");
    stage.cluster.apply(
        Specs.database(stage.cluster.spec(), "{parameters: {shared_buffers: '32768'}}"));
    stage.passes(10);
    assertThat(stage.world.wire().changes()).containsExactly("ModifyDBParameterGroup");
    assertThat(stage.isAsDesired()).isTrue();
    assertThat(stage.condition("InfrastructureReady").message())
        .endsWith(
            "database.instance: parameters wait for a restart, which AWS does not do by itself; set spec.database.applyImmediately, or reboot "
                + stage.id("database.instance"));
  }

  @Test
  void with_applyImmediately_the_database_is_restarted_once_and_nobody_calls_it_drift() {
    wish("{applyImmediately: true}");
    stage.cluster.apply(
        Specs.database(stage.cluster.spec(), "{parameters: {shared_buffers: '32768'}}"));
    for (var i = 0; i < 15; i++) {
      stage.pass();
      assertThat(stage.drift()).isEmpty();
    }
    assertThat(stage.world.wire().changes())
        .containsExactly("ModifyDBParameterGroup", "RebootDBInstance");
    assertThat(status()).isEqualTo("in-sync");
    assertThat(stage.isAsDesired()).isTrue();
  }

  @Test
  void where_release_is_only_reported_nothing_is_restarted() {
    wish("{applyImmediately: true}");
    stage.cluster.apply(Specs.reportOnly(stage.cluster.spec()));
    rds.setParameter(stage.id("database.parameterGroup"), "shared_buffers", "1");
    stage.passes(SOON);
    assertThat(stage.world.wire().changes()).isEmpty();
    assertThat(stage.drift())
        .extracting(DriftStatus::resource, DriftStatus::field, DriftStatus::driftClass)
        .containsExactly(tuple("database.parameterGroup", "parameters[shared_buffers]", "release"));
  }

  @Test
  void one_that_is_no_longer_wished_for_is_as_aws_has_it_again() {
    wish("{parameters: {work_mem: '8192'}}");
    wish("{parameters: null}");
    assertThat(parameters()).isEqualTo(Map.of("rds.force_ssl", "1"));
  }

  @Test
  void what_somebody_set_by_hand_is_named_by_its_class_and_taken_back() {
    wish("{}");
    var group = stage.id("database.parameterGroup");
    rds.setParameter(group, "rds.force_ssl", "0");
    rds.setParameter(group, "work_mem", "9999");
    var seen = new HashSet<String>();
    for (var i = 0; i < SOON; i++) {
      stage.pass();
      stage.drift().forEach(d -> seen.add(d.field() + " " + d.driftClass()));
    }
    assertThat(seen).contains("parameters[rds.force_ssl] security", "parameters[work_mem] release");
    assertThat(parameters()).isEqualTo(Map.of("rds.force_ssl", "1"));
    assertThat(stage.isAsDesired()).isTrue();
  }

  @Test
  void one_that_there_is_not_is_refused_with_where_it_was_written() {
    wish("{}");
    stage.cluster.apply(Specs.database(stage.cluster.spec(), "{parameters: {work_memory: '1'}}"));
    stage.passes(5);
    assertThat(stage.condition("Stalled").message())
        .isEqualTo(
            "database.parameterGroup: spec.database.parameters: there is no parameter work_memory in postgres17; take it out or correct it");
  }

  @Test
  void one_that_nobody_may_set_is_refused_before_anything_is_set() {
    wish("{}");
    stage.cluster.apply(
        Specs.database(stage.cluster.spec(), "{parameters: {fsync: '0', work_mem: '1'}}"));
    stage.passes(5);
    assertThat(stage.condition("Stalled").message())
        .endsWith("AWS lets nobody set fsync; take it out");
    assertThat(stage.world.wire().changes()).isEmpty();
  }

  @Test
  void they_are_read_seldom_and_the_groups_are_a_list() {
    wish("{}");
    stage.passes(SOON);
    stage.world.wire().forgetCounts();
    stage.passes(120);
    var calls = stage.world.wire().counts();
    assertThat(calls.get("DescribeDBParameterGroups")).isEqualTo(60);
    assertThat(calls.get("DescribeDBSubnetGroups")).isEqualTo(60);
    assertThat(calls.get("DescribeDBParameters")).isBetween(1, 3);
    assertThat(calls).doesNotContainKey("ListTagsForResource");
  }

  @Test
  void the_group_goes_after_the_database() {
    wish("{}");
    stage.cluster.delete();
    stage.untilGone();
    assertThat(stage.world.wire().changes())
        .containsSubsequence("DeleteDBInstance", "DeleteDBParameterGroup");
    assertThat(stage.world.wire().refusals()).isEmpty();
  }
}
