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

  private record Key(String account, String region, Access access) {
    boolean isOf(String otherAccount, String otherRegion) {
      return account.equals(otherAccount) && region.equals(otherRegion);
    }
  }

  private final Function<String, Optional<Access>> accounts;
  private final Function<String, CallGate> gates;
  private final Session shared;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider own;
  private final Map<Key, Calls> calls = new ConcurrentHashMap<>();

  /**
   * Calls with the credentials of the SDK's own chain.
   *
   * @param accounts how each account is entered, by name
   * @param gates for an account's name: counts and limits its calls
   * @param shared the session of calls that are not made for one environment
   */
  public SdkClients(
      Function<String, Optional<Access>> accounts,
      Function<String, CallGate> gates,
      Session shared) {
    this(
        accounts,
        gates,
        shared,
        ApacheHttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(Duration.ofSeconds(5))
            .connectionAcquisitionTimeout(Duration.ofSeconds(20))
            .socketTimeout(SdkCalls.ATTEMPT)
            .build(),
        DefaultCredentialsProvider.builder().build());
  }

  SdkClients(
      Function<String, Optional<Access>> accounts,
      Function<String, CallGate> gates,
      Session shared,
      SdkHttpClient http,
      AwsCredentialsProvider own) {
    this.accounts = accounts;
    this.gates = gates;
    this.shared = shared;
    this.http = http;
    this.own = own;
  }

  @Override
  public Calls in(String account, String region) {
    var access =
        accounts
            .apply(account)
            .orElseThrow(() ->
                new AccountUnavailable(
                    "there is no AwsAccount %s; create it again".formatted(account)));
    var key = new Key(account, region, access);
    var known = calls.get(key);
    if (known != null) return known;
    // One that is entered in another way from now on is not entered in the old way any more.
    calls.keySet().removeIf(old -> old.isOf(account, region));
    return calls.computeIfAbsent(key, this::calls);
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
    var role = access.roleArn();
    if (role == null) return own;
    var sts = StsClient.builder().region(region).credentialsProvider(own).httpClient(http);
    return new RoleSessions(role, access, sts.build(), shared);
  }

  @Override
  public void close() {
    http.close();
  }
}
