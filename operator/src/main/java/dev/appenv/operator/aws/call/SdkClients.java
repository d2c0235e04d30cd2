package dev.appenv.operator.aws.call;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Clients of the AWS SDK, made when first needed and kept per account and region, over one pool of
 * connections.
 */
public final class SdkClients implements AwsClients, AutoCloseable {
  private static final Duration ATTEMPT = Duration.ofSeconds(20);
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final int CONNECTIONS = 200;
  private static final int READ_ATTEMPTS = 3;

  /**
   * How an account is entered.
   *
   * @param roleArn null for the operator's own credentials
   */
  public record Access(@Nullable String roleArn, @Nullable String externalId) {}

  private record Key(String account, String region, Access access) {}

  private final Function<String, Optional<Access>> accounts;
  private final Function<String, CallGate> gates;
  private final SdkHttpClient http =
      ApacheHttpClient.builder()
          .maxConnections(CONNECTIONS)
          .connectionTimeout(Duration.ofSeconds(5))
          .connectionAcquisitionTimeout(Duration.ofSeconds(20))
          .socketTimeout(ATTEMPT)
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
  public boolean admit(String account, String region, Budget budget) {
    return gates.apply(account).admit(region, budget);
  }

  private Calls calls(Key key) {
    var interceptor = gates.apply(key.account());
    var region = Region.of(key.region());
    var credentials = credentials(key.access(), region);
    return new SdkCalls(
        configured(Ec2Client.builder(), region, credentials, interceptor, READ_ATTEMPTS).build(),
        configured(Ec2Client.builder(), region, credentials, interceptor, 1).build(),
        configured(SsmClient.builder(), region, credentials, interceptor, READ_ATTEMPTS).build(),
        configured(StsClient.builder(), region, credentials, interceptor, READ_ATTEMPTS).build());
  }

  /**
   * @param attempts 1 for clients that change something: an answer may be lost after the change
   *     took effect
   */
  private <B extends AwsClientBuilder<B, ?>> B configured(
      B builder,
      Region region,
      AwsCredentialsProvider credentials,
      ExecutionInterceptor interceptor,
      int attempts) {
    builder
        .region(region)
        .credentialsProvider(credentials)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(StandardRetryStrategy.builder().maxAttempts(attempts).build())
                .addExecutionInterceptor(interceptor)
                .build());
    return withHttp(builder);
  }

  @SuppressWarnings("unchecked")
  private <B extends AwsClientBuilder<B, ?>> B withHttp(B builder) {
    return (B) ((SdkSyncClientBuilder<?, ?>) builder).httpClient(http);
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

  private static final class SdkCalls implements Calls {
    private final Map<Permit, Ec2Client> ec2 = new EnumMap<>(Permit.class);
    private final SsmClient ssm;
    private final StsClient sts;

    SdkCalls(Ec2Client reading, Ec2Client changing, SsmClient ssm, StsClient sts) {
      for (var permit : Permit.values())
        ec2.put(permit, permit.of(Ec2Client.class, permit == Permit.READ ? reading : changing));
      this.ssm = ssm;
      this.sts = sts;
    }

    @Override
    public Ec2Client ec2(Permit permit) {
      var client = ec2.get(permit);
      if (client == null) throw new IllegalArgumentException("no client for " + permit);
      return client;
    }

    @Override
    public SsmClient ssm() {
      return ssm;
    }

    @Override
    public Identity identity() {
      var answer = sts.getCallerIdentity();
      return new Identity(answer.account(), answer.arn());
    }
  }
}
