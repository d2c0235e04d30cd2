package dev.appenv.operator.aws.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The clients of one account and region, each made when it is first asked for. */
final class SdkCalls implements Calls {
  static final Duration ATTEMPT = Duration.ofSeconds(20);
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final int READ_ATTEMPTS = 3;

  /** A change is tried once: its answer may be lost after it took effect. */
  private static final int CHANGE_ATTEMPTS = 1;

  private record Service<B extends AwsClientBuilder<B, C>, C>(Class<C> type, Supplier<B> builder) {}

  /** The one list of the services that are called. */
  private static final List<Service<?, ?>> SERVICES =
      List.of(
          new Service<>(Ec2Client.class, Ec2Client::builder),
          new Service<>(ElastiCacheClient.class, ElastiCacheClient::builder),
          new Service<>(
              ResourceGroupsTaggingApiClient.class, ResourceGroupsTaggingApiClient::builder),
          new Service<>(SsmClient.class, SsmClient::builder),
          new Service<>(StsClient.class, StsClient::builder));

  private record Wanted(Class<?> service, Permit permit) {}

  private record Made(Class<?> service, int attempts) {}

  private final Region region;
  private final AwsCredentialsProvider credentials;
  private final ExecutionInterceptor interceptor;
  private final SdkHttpClient http;
  private final Map<Wanted, Object> clients = new ConcurrentHashMap<>();
  private final Map<Made, Object> made = new ConcurrentHashMap<>();

  /**
   * @param interceptor counts and limits the calls
   */
  SdkCalls(
      Region region,
      AwsCredentialsProvider credentials,
      ExecutionInterceptor interceptor,
      SdkHttpClient http) {
    this.region = region;
    this.credentials = credentials;
    this.interceptor = interceptor;
    this.http = http;
  }

  @Override
  public <C extends AwsClient> C client(Class<C> service, Permit permit) {
    var attempts = permit == Permit.READ ? READ_ATTEMPTS : CHANGE_ATTEMPTS;
    return service.cast(
        clients.computeIfAbsent(
            new Wanted(service, permit),
            _ -> permit.of(service, service.cast(made(new Made(service, attempts))))));
  }

  private Object made(Made wanted) {
    return made.computeIfAbsent(
        wanted,
        _ ->
            SERVICES.stream()
                .filter(service -> service.type().equals(wanted.service()))
                .findFirst()
                .map(service -> make(service, wanted.attempts()))
                .orElseThrow(
                    () -> new IllegalArgumentException(wanted.service() + " is not in the list")));
  }

  private <B extends AwsClientBuilder<B, C>, C> C make(Service<B, C> service, int attempts) {
    var builder = service.builder().get();
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
    ((SdkSyncClientBuilder<?, ?>) builder).httpClient(http);
    return builder.build();
  }
}
