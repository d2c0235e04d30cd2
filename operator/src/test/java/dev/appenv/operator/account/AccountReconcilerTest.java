package dev.appenv.operator.account;

import static dev.appenv.operator.account.Applications.environment;
import static dev.appenv.operator.account.Applications.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.api.AwsAccountStatus;
import dev.appenv.api.CapacityStatus;
import dev.appenv.api.ConditionStatus;
import dev.appenv.api.QuotaStatus;
import dev.appenv.operator.aws.memory.TestClock;
import dev.appenv.operator.plan.Outcome.Cause;
import dev.appenv.operator.plan.Resolution;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What users read of an account. */
class AccountReconcilerTest {
  private static final Preflight.Identity US =
      new Preflight.Identity("123456789012", "arn:aws:sts::123456789012:assumed-role/appenv/x");

  /** Answers what it was told. */
  private static final class Answers implements Preflight {
    private Resolution<Identity> identity = new Resolution.Found<>(US);
    private Resolution<Permissions> permissions =
        new Resolution.Found<>(new Permissions(120, new TreeSet<>()));
    private Resolution<Map<String, Boolean>> regions =
        new Resolution.Found<>(Map.of("eu-central-1", true, "me-south-1", false));
    private int simulations;

    @Override
    public Resolution<Identity> identity(String account) {
      return identity;
    }

    @Override
    public Resolution<Map<String, Boolean>> regions(String account) {
      return regions;
    }

    @Override
    public Resolution<Permissions> permissions(String account, Identity who) {
      simulations++;
      return permissions;
    }
  }

  private final Answers aws = new Answers();
  private final FakeQuotas quotas = new FakeQuotas();
  private final TestClock clock = new TestClock();
  private final List<AppEnvironment> environments = new ArrayList<>();
  private final AwsAccount account = account("eu-central-1");
  private AwsAccount cached = account;
  private final AccountReconciler reconciler =
      new AccountReconciler(
          aws, new Accounts(_ -> cached), new Capacity(quotas, environments::stream, clock), clock);

  private static AwsAccount account(String... regions) {
    var account = new AwsAccount();
    account.setMetadata(
        new ObjectMetaBuilder().withName("dev").withUid("u").withGeneration(1L).build());
    account.setSpec(new AwsAccountSpec(null, List.of(regions), List.of("*"), null, null, null));
    return account;
  }

  /**
   * One reconcile; what it writes is on the account.
   *
   * @return whether it wrote
   */
  @SuppressWarnings("NullAway") // the context is not looked at
  private boolean reconcile() {
    var control = reconciler.reconcile(account, null);
    control.getResource().ifPresent(patch -> account.setStatus(patch.getStatus()));
    return control.isPatchStatus();
  }

  private AwsAccountStatus status() {
    return Objects.requireNonNull(account.getStatus());
  }

  private String condition(String type) {
    return Objects.requireNonNull(status().conditions()).stream()
        .filter(c -> c.type().equals(type))
        .map(c -> "%s %s: %s".formatted(c.status(), c.reason(), c.message()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_account_that_can_be_used_says_so_once() {
    assertThat(reconcile()).isTrue();
    assertThat(condition("Ready")).isEqualTo("True Usable: AWS lets us in as " + US.arn());
    assertThat(condition("PermissionsComplete"))
        .isEqualTo(
            "True AllAllowed: IAM's simulator allows all 120 actions that the operator may call");
    assertThat(condition("RegionsEnabled"))
        .isEqualTo("True AllEnabled: The account may use its regions");
    assertThat(status().accountId()).isEqualTo("123456789012");
    assertThat(status().capacity()).isNull();
    clock.advance(Duration.ofHours(2));
    assertThat(reconcile()).isFalse();
  }

  @Test
  void actions_that_are_missing_are_named() {
    aws.permissions =
        new Resolution.Found<>(
            new Preflight.Permissions(
                120, new TreeSet<>(List.of("ec2:RunInstances", "ec2:CreateVpc"))));
    reconcile();
    assertThat(condition("PermissionsComplete"))
        .isEqualTo(
            "False ActionsDenied: IAM's simulator denies ec2:CreateVpc, ec2:RunInstances; compare"
                + " the policies of the operator's role with those in helm/appenv/iam. What"
                + " no environment asks for is not needed");
    assertThat(condition("Ready")).startsWith("True");
  }

  @Test
  void a_simulation_that_is_not_allowed_is_no_failure() {
    aws.permissions =
        new Resolution.Failed<>(
            Cause.DENIED,
            "Iam denied the call (AccessDenied: no); give the operator's role the permission");
    reconcile();
    assertThat(condition("PermissionsComplete"))
        .isEqualTo(
            "Unknown NotSimulated: Permissions were not checked beforehand; a call that AWS denies"
                + " is named where it is made. Iam denied the call (AccessDenied: no); give the"
                + " operator's role the permission");
    assertThat(condition("Ready")).startsWith("True");
  }

  @Test
  void permissions_are_simulated_once_an_hour_or_when_the_account_changes() {
    for (var minute = 0; minute < 59; minute++) {
      reconcile();
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(aws.simulations).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    reconcile();
    assertThat(aws.simulations).isEqualTo(2);
    account.getMetadata().setGeneration(2L);
    reconcile();
    assertThat(aws.simulations).isEqualTo(3);
  }

  @Test
  void what_broke_off_is_tried_again_after_minutes() {
    aws.permissions = new Resolution.Failed<>(Cause.UNCERTAIN, "Iam failed with HTTP 500");
    reconcile();
    clock.advance(Duration.ofMinutes(1));
    reconcile();
    assertThat(aws.simulations).isEqualTo(1);
    clock.advance(Duration.ofMinutes(5));
    reconcile();
    assertThat(aws.simulations).isEqualTo(2);
  }

  @Test
  void a_region_that_is_not_enabled_or_not_there_is_named() {
    account.setSpec(account("me-south-1", "eu-central-1", "eu-centrall-1").getSpec());
    reconcile();
    assertThat(condition("RegionsEnabled"))
        .isEqualTo(
            "False RegionNotEnabled: me-south-1 not enabled in the account: enable there, or take"
                + " out of spec.allowedRegions; AWS has no region eu-centrall-1: correct"
                + " spec.allowedRegions");
  }

  @Test
  void regions_that_could_not_be_read_are_not_known() {
    aws.regions = new Resolution.Failed<>(Cause.DENIED, "Ec2 denied the call");
    reconcile();
    assertThat(condition("RegionsEnabled"))
        .isEqualTo(
            "Unknown AccessDenied: Whether the regions are enabled could not be read: Ec2 denied"
                + " the call");
  }

  @Test
  void the_room_in_each_region_is_told() {
    environments.add(
        with(environment("there", 0), "resources: [{name: network.vpc, id: v, phase: Ready}]"));
    environments.add(environment("west", 0, "eu-west-1"));
    quotas.used = new Resolution.Found<>(3L);
    reconcile();
    var vpcs = new QuotaStatus("VPCs", "vpc", "L-F678F1CE", 3, 5, null);
    assertThat(status().capacity())
        .containsExactly(
            new CapacityStatus("eu-central-1", 2L, vpcs, null, List.of(vpcs), null),
            new CapacityStatus("eu-west-1", 2L, vpcs, 1, List.of(vpcs), null));
    assertThat(status().room()).isEqualTo("eu-central-1 2, eu-west-1 2");
  }

  @Test
  void a_quota_that_could_not_be_read_is_said_so() {
    environments.add(environment("there", 0));
    quotas.used = new Resolution.Failed<>(Cause.DENIED, "Ec2 denied the call");
    reconcile();
    assertThat(status().capacity())
        .containsExactly(
            new CapacityStatus(
                "eu-central-1",
                null,
                null,
                1,
                null,
                List.of("VPCs L-F678F1CE: Ec2 denied the call")));
    assertThat(status().room()).isNull();
  }

  @Test
  void what_aws_documents_is_marked_as_such() {
    environments.add(environment("there", 0));
    quotas.limit = new Resolution.Failed<>(Cause.DENIED, "no");
    reconcile();
    assertThat(Objects.requireNonNull(status().capacity()).getFirst().limitedBy())
        .isEqualTo(new QuotaStatus("VPCs", "vpc", "L-F678F1CE", 0, 5, true));
  }

  @Test
  void one_that_does_not_let_us_in_keeps_what_was_known() {
    environments.add(environment("there", 0));
    reconcile();
    var before = status();
    aws.identity = new Resolution.Failed<>(Cause.DENIED, "Sts denied the call");
    reconcile();
    assertThat(condition("Ready")).isEqualTo("False AccessDenied: Sts denied the call");
    assertThat(condition("PermissionsComplete")).startsWith("Unknown AccessDenied");
    assertThat(status().accountId()).isEqualTo(before.accountId());
    assertThat(status().capacity()).isEqualTo(before.capacity());
  }

  @Test
  void one_that_leads_into_another_account_is_not_used() {
    reconcile();
    aws.identity = new Resolution.Found<>(new Preflight.Identity("999999999999", "arn:x"));
    reconcile();
    assertThat(condition("Ready"))
        .isEqualTo(
            "False AccountChanged: AwsAccount dev was of AWS account 123456789012 and now leads to"
                + " 999999999999; set it back, and create another AwsAccount for the other");
    assertThat(new Accounts(_ -> account).permission("dev", "shop", "eu-central-1"))
        .isInstanceOf(Accounts.Permission.Refused.class);
    aws.identity = new Resolution.Found<>(US);
    reconcile();
    assertThat(condition("Ready")).startsWith("True Usable");
  }

  @Test
  void nothing_is_said_of_a_specification_by_which_calls_are_not_made_yet() {
    cached = account("eu-central-1");
    account.getMetadata().setGeneration(2L);
    assertThat(reconcile()).isFalse();
    cached = account;
    assertThat(reconcile()).isTrue();
    assertThat(status().observedGeneration()).isEqualTo(2L);
  }

  @Test
  void since_when_is_kept_while_nothing_changes() {
    reconcile();
    var first = Objects.requireNonNull(status().conditions()).getFirst().lastTransitionTime();
    clock.advance(Duration.ofMinutes(10));
    aws.identity = new Resolution.Found<>(new Preflight.Identity("123456789012", US.arn() + "2"));
    reconcile();
    assertThat(Objects.requireNonNull(status().conditions()))
        .extracting(ConditionStatus::lastTransitionTime)
        .containsOnly(first);
  }
}
