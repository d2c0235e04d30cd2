package dev.appenv.operator.account;

import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountStatus;
import dev.appenv.api.ConditionStatus;
import dev.appenv.operator.plan.Resolution;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in an {@code AwsAccount}'s status whether AWS lets us in, and as whom. */
@ControllerConfiguration(name = AccountReconciler.NAME)
public final class AccountReconciler implements Reconciler<AwsAccount> {
  public static final String NAME = "awsaccount";
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(15);

  /** Who AWS says we are in an account. */
  public record Identity(String accountId, String arn) {}

  /** Asks AWS who we are. */
  public interface Doorbell {
    Resolution<Identity> ring(String account);
  }

  private final Doorbell doorbell;
  private final InstantSource clock;

  public AccountReconciler(Doorbell doorbell, InstantSource clock) {
    this.doorbell = doorbell;
    this.clock = clock;
  }

  @Override
  public UpdateControl<AwsAccount> reconcile(AwsAccount account, Context<AwsAccount> context) {
    var answer = doorbell.ring(account.getMetadata().getName());
    var status = status(account, answer);
    var again = answer instanceof Resolution.Found ? AGAIN : SOON;
    if (status.equals(account.getStatus()))
      return UpdateControl.<AwsAccount>noUpdate().rescheduleAfter(again);
    var patch = new AwsAccount();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(account.getMetadata().getName())
            .withUid(account.getMetadata().getUid())
            .build());
    patch.setStatus(status);
    return UpdateControl.patchStatus(patch).rescheduleAfter(again);
  }

  private AwsAccountStatus status(AwsAccount account, Resolution<Identity> answer) {
    var before = account.getStatus();
    return switch (answer) {
      case Resolution.Found<Identity>(var identity) ->
          new AwsAccountStatus(
              account.getMetadata().getGeneration(),
              List.of(condition(account, "True", "Usable", "AWS lets us in as " + identity.arn())),
              identity.accountId(),
              identity.arn());
      case Resolution.Failed<Identity>(var cause, var message) ->
          new AwsAccountStatus(
              account.getMetadata().getGeneration(),
              List.of(
                  switch (cause) {
                    case DENIED -> condition(account, "False", "AccessDenied", message);
                    default -> condition(account, "Unknown", "AWSUnavailable", message);
                  }),
              before == null ? null : before.accountId(),
              before == null ? null : before.identity());
    };
  }

  private ConditionStatus condition(
      AwsAccount account, String status, String reason, String message) {
    var before = ready(account.getStatus());
    var since =
        before != null && Objects.equals(before.status(), status)
            ? before.lastTransitionTime()
            : clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new ConditionStatus(
        "Ready", status, reason, message, since, account.getMetadata().getGeneration());
  }

  private static @Nullable ConditionStatus ready(@Nullable AwsAccountStatus status) {
    if (status == null || status.conditions() == null) return null;
    return status.conditions().stream()
        .filter(c -> c.type().equals("Ready"))
        .findFirst()
        .orElse(null);
  }
}
