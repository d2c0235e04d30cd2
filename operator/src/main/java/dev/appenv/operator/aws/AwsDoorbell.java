package dev.appenv.operator.aws;

import dev.appenv.operator.account.AccountReconciler.Doorbell;
import dev.appenv.operator.account.AccountReconciler.Identity;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Resolution;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/** Asks AWS who we are in an account. */
public final class AwsDoorbell implements Doorbell {
  private static final String ANY_REGION = "us-east-1";

  private final AwsClients clients;
  private final Accounts accounts;

  public AwsDoorbell(AwsClients clients, Accounts accounts) {
    this.clients = clients;
    this.accounts = accounts;
  }

  @Override
  public Resolution<Identity> ring(String account) {
    try {
      var sts = clients.in(account, region(account)).client(StsClient.class, Permit.READ);
      var identity = sts.getCallerIdentity();
      return new Resolution.Found<>(new Identity(identity.account(), identity.arn()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      var failure = Failures.of(e);
      return new Resolution.Failed<>(failure.cause(), failure.message());
    }
  }

  private String region(String account) {
    List<String> allowed =
        accounts
            .spec(account)
            .map(s -> s.allowedRegions())
            .filter(r -> !r.isEmpty())
            .orElse(List.of(ANY_REGION));
    return allowed.getFirst();
  }
}
