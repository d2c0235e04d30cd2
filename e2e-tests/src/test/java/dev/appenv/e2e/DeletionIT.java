package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.GONE_WITHIN;
import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironment;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Call;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Fault;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes, goes completely, whatever is in its way; and what is to stay stays. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DeletionIT {
  private static final String ACCOUNT = "deletion-account";

  private final TestBed bed;
  private final Aws aws;
  private final Environment ordinary;
  private final Environment lonely;
  private final Environment lockedOut;
  private final Environment invalid;
  private final Environment retained;
  private final Environment changed;

  DeletionIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    ordinary = bed.environment("ordinary").create();
    lonely = bed.environment("lonely").create();
    lockedOut = bed.environment("locked-out").ownAccount(ACCOUNT).create();
    invalid = bed.environment("invalid").create();
    retained = bed.environment("retained").spec("{lifecycle: {deletionPolicy: Retain}}").create();
    changed = bed.environment("changed").create();
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    all().forEach(Environment::untilInfrastructureReady);
  }

  @AfterAll
  void goes() {
    bed.allowInstanceTypes();
    bed.addAccount(ACCOUNT);
    all().forEach(Environment::delete);
  }

  private Stream<Environment> all() {
    return Stream.of(ordinary, lonely, lockedOut, invalid, retained, changed);
  }

  @Test
  void everything_goes_and_dependants_go_first() {
    var mark = aws.mark();
    ordinary.delete();
    ordinary.untilGone();
    assertThat(aws.inventory().of(ordinary).ids()).as("left when the object was gone").isEmpty();
    var done = mark.changes().stream().filter(Call::succeeded).map(Call::action).toList();
    assertThat(done.indexOf("TerminateInstances"))
        .isNotNegative()
        .as("the machine goes before its subnet and its group")
        .isLessThan(done.lastIndexOf("DeleteSubnet"))
        .isLessThan(done.lastIndexOf("DeleteSecurityGroup"));
    assertThat(done.indexOf("DetachInternetGateway"))
        .isLessThan(done.indexOf("DeleteInternetGateway"));
    assertThat(done.getLast()).isEqualTo("DeleteVpc");
    assertThat(mark.changes())
        .as("no delete is tried before its time")
        .allMatch(call -> call.succeeded());
    assertThat(bed.operator().log())
        .as("the API server takes the last step at once")
        .content()
        .doesNotContain("patch resource: ResourceID{name='ordinary'");
  }

  @Test
  void neither_git_nor_secrets_nor_the_machine_are_needed() {
    lonely.git().deleteBranch();
    lonely.loseSecrets();
    lonely.machine().cut();
    lonely.delete();
    lonely.untilGone();
    assertThat(aws.inventory().of(lonely).ids()).isEmpty();
  }

  @Test
  void it_waits_for_an_account_that_cannot_be_entered_and_says_so() {
    bed.removeAccount(ACCOUNT);
    var before = aws.inventory().of(lockedOut);
    lockedOut.delete();
    lockedOut.untilCondition(
        SOON, "Stalled", "True", c -> assertThat(c.message()).contains(ACCOUNT));
    assertThat(lockedOut.get().getMetadata().getFinalizers()).isNotEmpty();
    assertThat(aws.inventory().of(lockedOut)).isEqualTo(before);
    bed.addAccount(ACCOUNT);
    lockedOut.untilGone();
    assertThat(aws.inventory().of(lockedOut).ids()).isEmpty();
  }

  @Test
  void a_specification_that_has_become_invalid_holds_nothing_up() {
    bed.allowInstanceTypes("t3.nano");
    try {
      invalid.delete();
      invalid.untilGone();
    } finally {
      bed.allowInstanceTypes();
    }
    assertThat(aws.inventory().of(invalid).ids()).isEmpty();
  }

  @Test
  void what_is_retained_stays_without_our_mark_and_is_taken_back_by_name() {
    retained.untilReady();
    var manifest = retained.get();
    var ids = retained.ids();
    var owned = aws.inventory().of(retained);
    var mark = aws.mark();
    retained.delete();
    retained.untilGone();
    var after = aws.inventory();
    assertThat(after.ids()).containsAll(owned.ids());
    assertThat(after.of(retained).ids()).as("still marked as the environment's").isEmpty();

    retained.applyAgain(manifest, "{lifecycle: {deletionPolicy: Delete, adopt: true}}");
    retained.untilReady();
    assertThat(retained.ids()).isEqualTo(ids);
    assertThat(retained.page()).contains("v1");
    assertThat(mark.changes())
        .extracting(Call::action)
        .isSubsetOf(List.of("CreateTags", "DeleteTags"));
  }

  @Test
  void what_is_deleted_while_it_is_being_made_leaves_nothing() {
    // Long enough for the deletion to come while the call is under way.
    try (var _ = aws.with(Fault.on("RunInstances").delayed(5))) {
      var early = bed.environment("early").spec("{cache: {}, bucket: {}}").create();
      early.until(SOON, it -> assertThat(it.ids()).containsKey("network.machineSecurityGroup"));
      early.delete();
      early.untilGone();
      assertThat(aws.inventory().of(early).ids()).isEmpty();
    }
  }

  @Test
  void a_change_of_what_is_being_deleted_makes_nothing() {
    var vpc = changed.id("network.vpc");
    try (var _ = aws.with(Fault.on("DeleteVpc").refused("DependencyViolation"))) {
      changed.delete();
      changed.until(
          GONE_WITHIN, it -> assertThat(aws.inventory().of(it).ids()).containsExactly(vpc));
      var mark = aws.mark();
      changed.change("{instance: {type: t3.large}, bucket: {}}");
      changed.until(
          SOON, it -> assertThat(mark.counts().getOrDefault("DeleteVpc", 0L)).isGreaterThan(1));
      assertThat(mark.changes()).extracting(Call::action).containsOnly("DeleteVpc");
    }
    changed.untilGone();
    assertThat(aws.inventory().of(changed).ids()).isEmpty();
  }

  @Test
  void what_is_gone_is_not_counted_any_more() {
    var brief = bed.environment("brief").spec("{suspend: true}").create();
    brief.until(SOON, it -> assertThat(it.condition("Ready")).isNotNull());
    brief.delete();
    brief.untilGone();
    bed.untilDeletionsEnd();
    var there = bed.kubernetes().resources(AppEnvironment.class).inAnyNamespace().list().getItems();
    assertThat(bed.operator().metrics())
        .satisfies(metrics -> assertThat(counted(metrics)).isEqualTo(there.size()));
  }

  /** Each has the condition Ready, whatever its status. */
  private static double counted(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("appenv_environments{condition=\"Ready\""))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")))
        .sum();
  }
}
