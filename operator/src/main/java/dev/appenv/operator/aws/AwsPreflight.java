package dev.appenv.operator.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.operator.account.Accounts;
import dev.appenv.operator.account.Preflight;
import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.sts.StsClient;

/** Asks AWS about an account: who we are there, which regions it has, what we may do. */
public final class AwsPreflight implements Preflight {
  private static final String NOT_ENABLED = "not-opted-in";

  private final AwsClients clients;
  private final Accounts accounts;
  private final Simulation simulation;

  /**
   * @param policies what the operator needs to be allowed, as IAM policies
   */
  public AwsPreflight(AwsClients clients, Accounts accounts, List<JsonNode> policies) {
    this.clients = clients;
    this.accounts = accounts;
    this.simulation =
        new Simulation(policies.stream().flatMap(p -> PolicyStatement.of(p).stream()).toList());
  }

  @Override
  public Resolution<Identity> identity(String account) {
    return anywhere(
        account,
        aws -> {
          var identity = aws.client(StsClient.class, Permit.READ).getCallerIdentity();
          if (identity.account() == null) throw nothing("who we are");
          return new Identity(identity.account(), identity.arn());
        });
  }

  @Override
  public Resolution<Map<String, Boolean>> regions(String account) {
    return anywhere(
        account,
        aws -> {
          var all = aws.ec2(Permit.READ).describeRegions(r -> r.allRegions(true)).regions();
          if (all.isEmpty()) throw nothing("which regions there are");
          return all.stream()
              .collect(
                  Collectors.toMap(Region::regionName, r -> !NOT_ENABLED.equals(r.optInStatus())));
        });
  }

  /** An answer in which nothing is, which is none. */
  static SdkException nothing(String of) {
    return SdkClientException.create("it does not say " + of);
  }

  @Override
  public Resolution<Permissions> permissions(String account, Identity identity) {
    var source = Simulation.source(identity, assumed(account));
    if (source.isEmpty())
      return new Resolution.Failed<>(
          Outcome.Cause.REFUSED, "IAM simulates users and roles only, and not " + identity.arn());
    var region = regionsToAsk(account).getFirst();
    try {
      return new Resolution.Found<>(
          simulation.of(clients.in(account, region), source.get(), region));
    } catch (NoSuchEntityException e) {
      return new Resolution.Failed<>(
          Outcome.Cause.REFUSED,
          "IAM has no %s; is the role under a path? Name it in spec.assumeRole"
              .formatted(source.get()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return failed(e);
    }
  }

  private @Nullable String assumed(String account) {
    return accounts
        .spec(account)
        .map(AwsAccountSpec::assumeRole)
        .map(AwsAccountSpec.AssumeRole::arn)
        .orElse(null);
  }

  /**
   * What AWS answers in the first region where it knows us: one that is not enabled for an account
   * does not.
   */
  private <T> Resolution<T> anywhere(String account, Function<Calls, T> question) {
    var failures = new ArrayList<Resolution<T>>();
    for (var region : regionsToAsk(account)) {
      try {
        return new Resolution.Found<>(question.apply(clients.in(account, region)));
      } catch (SdkException | AwsClients.AccountUnavailable e) {
        failures.add(failed(e));
      }
    }
    return failures.getFirst();
  }

  private static <T> Resolution<T> failed(RuntimeException e) {
    var failure = Failures.of(e);
    return new Resolution.Failed<>(failure.cause(), failure.message());
  }

  /** One of the account's own, and one that every account has. */
  private List<String> regionsToAsk(String account) {
    var own =
        accounts
            .spec(account)
            .map(AwsAccountSpec::allowedRegions)
            .filter(regions -> !regions.isEmpty())
            .map(List::getFirst);
    return Stream.concat(own.stream(), Stream.of(alwaysEnabled(own.orElse(""))))
        .distinct()
        .toList();
  }

  private static String alwaysEnabled(String inPartitionOf) {
    if (inPartitionOf.startsWith("cn-")) return "cn-north-1";
    return inPartitionOf.startsWith("us-gov-") ? "us-gov-west-1" : "us-east-1";
  }
}
