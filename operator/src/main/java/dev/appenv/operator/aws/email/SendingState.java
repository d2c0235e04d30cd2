package dev.appenv.operator.aws.email;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Questions;
import dev.appenv.operator.plan.Mail;
import dev.appenv.operator.plan.Resolution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether mail can be sent, and if not, why. What AWS is asked for here is never changed by us. */
final class SendingState {
  /** It changes when AWS's people decide so. */
  private static final Duration ACCOUNT_SERVES = Duration.ofHours(1);

  /** AWS allows one call a second, for all environments of an account and region. */
  private static final Duration IDENTITY_SERVES = Duration.ofMinutes(5);

  /**
   * @param sending whether AWS lets the account send at all
   */
  private record Account(boolean sandboxed, boolean sending) {}

  /**
   * @param verification null where there is none
   */
  private record Covering(@Nullable Verification verification) {}

  private final Sender sender;
  private final Questions questions;
  private final List<String> hints = new ArrayList<>();

  SendingState(Sender sender, Questions questions) {
    this.sender = sender;
    this.questions = questions;
  }

  /**
   * @param own null as long as the environment's own identity is not there, or not known
   */
  Mail of(@Nullable Verification own) {
    var counts = sender.ownIdentity() == null ? existing() : own;
    if (counts != null && !counts.done()) hints.add(unverified(counts));
    var account = account();
    if (account != null && !account.sending())
      hints.add("AWS has stopped all sending of this account in this region: see the SES console");
    if (account != null && account.sandboxed())
      hints.add(
          "the account is in the sandbox of SES in this region, and mail reaches verified addresses only: ask for production access in the SES console");
    return new Mail(
        counts == null ? null : counts.identity(),
        counts == null ? null : counts.done(),
        account == null ? null : account.sandboxed(),
        hints);
  }

  private String unverified(Verification of) {
    if (sender.ownIdentity() == null)
      return "AWS sends nothing from %s, which is not verified: its owner has to see to it"
          .formatted(of.identity());
    if (of.givenUp())
      return "AWS looked for the verification of %s in vain and has given up: delete the identity in SES, and another is made"
          .formatted(of.identity());
    return of.domain()
        ? "AWS sends nothing from %s before it is verified: set the DNS records in status.recordsToSet; AWS looks for them for 72 hours"
            .formatted(of.identity())
        : "AWS sends nothing from %s before it is verified: open the link that AWS mailed to it"
            .formatted(of.identity());
  }

  private @Nullable Verification existing() {
    return switch (questions.ask(
        "which identity covers " + sender.address(),
        Covering.class,
        IDENTITY_SERVES,
        this::covering)) {
      case Resolution.Found<Covering>(var found) -> {
        if (found.verification() == null)
          hints.add(
              "no identity in SES covers %s in this account and region: have one made and verified, or set spec.email.identity: Domain"
                  .formatted(sender.address()));
        yield found.verification();
      }
      case Resolution.Failed<Covering>(_, var why) -> {
        unread("the identity", why);
        yield null;
      }
    };
  }

  private Covering covering(Calls aws) {
    for (var name : sender.identities()) {
      var found = Verification.read(aws, name);
      if (found.isPresent()) return new Covering(Verification.of(name, found.get()));
    }
    return new Covering(null);
  }

  private @Nullable Account account() {
    return switch (questions.ask("sending", Account.class, ACCOUNT_SERVES, SendingState::account)) {
      case Resolution.Found<Account>(var account) -> account;
      case Resolution.Failed<Account>(_, var why) -> {
        unread("the account", why);
        yield null;
      }
    };
  }

  private static Account account(Calls aws) {
    var account = aws.ses(Permit.READ).getAccount(r -> {});
    if (account.productionAccessEnabled() == null) throw new AwsType.EmptyAnswer("SES's account");
    return new Account(
        !account.productionAccessEnabled(), !Boolean.FALSE.equals(account.sendingEnabled()));
  }

  private void unread(String what, String why) {
    hints.add("the state of %s in SES could not be read: %s".formatted(what, why));
  }
}
