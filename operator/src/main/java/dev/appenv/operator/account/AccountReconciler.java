package dev.appenv.operator.account;

import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountStatus;
import dev.appenv.operator.account.AccountStatuses.Findings;
import dev.appenv.operator.account.Preflight.Identity;
import dev.appenv.operator.account.Preflight.Permissions;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Resolution;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Says in an {@code AwsAccount}'s status whether AWS lets us in, and as whom, what it does not let
 * us do, and for how much more there is room.
 */
@ControllerConfiguration(name = AccountReconciler.NAME)
public final class AccountReconciler implements Reconciler<AwsAccount> {
  public static final String NAME = "awsaccount";

  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(15);

  /** Policies and regions change seldom, and simulating takes some calls. */
  private static final Duration CHECKED_FOR = Duration.ofHours(1);

  private static final Duration TRIED_FOR = Duration.ofMinutes(5);

  /** Two caches of the same objects differ for moments. */
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  /**
   * What was checked last.
   *
   * @param generation of the account's specification
   */
  private record Checks(
      @Nullable Long generation,
      Identity identity,
      Instant at,
      Resolution<Permissions> permissions,
      Resolution<Map<String, Boolean>> regions) {
    /** Whether asking again soon would give the same. */
    boolean isWhole() {
      return isAnswer(permissions) && isAnswer(regions);
    }

    private static boolean isAnswer(Resolution<?> resolution) {
      return !(resolution instanceof Resolution.Failed<?>(var cause, _))
          || cause == Outcome.Cause.DENIED
          || cause == Outcome.Cause.REFUSED;
    }
  }

  private final Preflight preflight;
  private final Accounts accounts;
  private final Capacity capacity;
  private final InstantSource clock;
  private final Map<String, Checks> checks = new ConcurrentHashMap<>();

  /**
   * @param accounts by which calls find out how an account is entered
   */
  public AccountReconciler(
      Preflight preflight, Accounts accounts, Capacity capacity, InstantSource clock) {
    this.preflight = preflight;
    this.accounts = accounts;
    this.capacity = capacity;
    this.clock = clock;
  }

  @Override
  public UpdateControl<AwsAccount> reconcile(AwsAccount account, Context<AwsAccount> context) {
    // Else what is said of this specification would be true of the one before.
    if (accounts.isOlder(account))
      return UpdateControl.<AwsAccount>noUpdate().rescheduleAfter(AT_ONCE);
    var name = account.getMetadata().getName();
    var answer = preflight.identity(name);
    var status = status(account, answer);
    var again = jittered(answer instanceof Resolution.Found ? AGAIN : SOON);
    if (status.equals(account.getStatus()))
      return UpdateControl.<AwsAccount>noUpdate().rescheduleAfter(again);
    var patch = new AwsAccount();
    patch.setMetadata(
        new ObjectMetaBuilder().withName(name).withUid(account.getMetadata().getUid()).build());
    patch.setStatus(status);
    return UpdateControl.patchStatus(patch).rescheduleAfter(again);
  }

  private AwsAccountStatus status(AwsAccount account, Resolution<Identity> answer) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return switch (answer) {
      case Resolution.Found<Identity>(var identity) when isOther(account, identity) ->
          AccountStatuses.unusable(
              account, "False", Accounts.MOVED, Accounts.moved(account, identity.accountId()), now);
      case Resolution.Found<Identity>(var identity) -> {
        var name = account.getMetadata().getName();
        var checked = checked(account, identity);
        yield AccountStatuses.usable(
            account,
            identity,
            new Findings(checked.permissions(), checked.regions(), capacity.survey(name)),
            now);
      }
      case Resolution.Failed<Identity>(var cause, var message) ->
          cause == Outcome.Cause.DENIED
              ? AccountStatuses.unusable(account, "False", "AccessDenied", message, now)
              : AccountStatuses.unusable(account, "Unknown", "AWSUnavailable", message, now);
    };
  }

  private Checks checked(AwsAccount account, Identity identity) {
    var last = checks.get(account.getMetadata().getName());
    if (last != null && serves(last, account, identity)) return last;
    var checked = check(account, identity);
    checks.put(account.getMetadata().getName(), checked);
    return checked;
  }

  private static boolean isOther(AwsAccount account, Identity identity) {
    var before = account.getStatus();
    return before != null
        && before.accountId() != null
        && !before.accountId().equals(identity.accountId());
  }

  private boolean serves(Checks last, AwsAccount account, Identity identity) {
    return Objects.equals(last.generation(), account.getMetadata().getGeneration())
        && last.identity().equals(identity)
        && last.at().plus(last.isWhole() ? CHECKED_FOR : TRIED_FOR).isAfter(clock.instant());
  }

  private Checks check(AwsAccount account, Identity identity) {
    var name = account.getMetadata().getName();
    return new Checks(
        account.getMetadata().getGeneration(),
        identity,
        clock.instant(),
        preflight.permissions(name, identity),
        preflight.regions(name));
  }

  /** So that not all accounts are looked at at the same time. */
  private static Duration jittered(Duration wait) {
    return wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis() / 10 + 1));
  }
}
