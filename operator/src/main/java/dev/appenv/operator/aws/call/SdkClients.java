package dev.appenv.operator.aws.call;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Clients of the AWS SDK, made when first needed and kept per account and region, over one pool of
 * connections.
 */
public final class SdkClients implements AwsClients, AutoCloseable {
  private static final int CONNECTIONS = 200;

  /**
   * How an account is entered.
   *
   * @param roleArn null for the operator's own credentials
   * @param hostedZoneId where environments may have DNS records; null for none
   */
  public record Access(
      @Nullable String roleArn, @Nullable String externalId, @Nullable String hostedZoneId) {}

  private record Key(String account, String region, Access access) {}

  private final Function<String, Optional<Access>> accounts;
  private final Function<String, CallGate> gates;
  private final SdkHttpClient http =
      ApacheHttpClient.builder()
          .maxConnections(CONNECTIONS)
          .connectionTimeout(Duration.ofSeconds(5))
          .connectionAcquisitionTimeout(Duration.ofSeconds(20))
          .socketTimeout(SdkCalls.ATTEMPT)
          .build();
  private final AwsCredentialsProvider own = DefaultCredentialsProvider.builder().build();
  private final Map<Key, Calls> calls = new ConcurrentHashMap<>();

  /**
   * @param accounts how each account is entered, by name
   * @param gates for an account's name: counts and limits its calls
   */
  public SdkClients(Function<String, Optional<Access>> accounts, Function<String, CallGate> gates) {
    this.accounts = accounts;
    this.gates = gates;
  }

  @Override
  public Calls in(String account, String region) {
    var access =
        accounts
            .apply(account)
            .orElseThrow(() ->
                new AccountUnavailable(
                    "there is no AwsAccount %s; create it again".formatted(account)));
    return calls.computeIfAbsent(new Key(account, region, access), this::calls);
  }

  @Override
  public boolean admit(String account, String region, Budget budget, int calls) {
    return gates.apply(account).admit(region, budget, calls);
  }

  @Override
  public boolean spare(String account, String region, Budget budget, int calls) {
    return gates.apply(account).spare(region, budget, calls);
  }

  private Calls calls(Key key) {
    var region = Region.of(key.region());
    return new SdkCalls(
        region,
        key.access().hostedZoneId(),
        credentials(key.access(), region),
        gates.apply(key.account()),
        http);
  }

  private AwsCredentialsProvider credentials(Access access, Region region) {
    if (access.roleArn() == null) return own;
    var sts = StsClient.builder().region(region).credentialsProvider(own).httpClient(http);
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts.build())
        .refreshRequest(r ->
            r.roleArn(access.roleArn()).externalId(access.externalId()).roleSessionName("appenv"))
        .build();
  }

  @Override
  public void close() {
    http.close();
  }
}
