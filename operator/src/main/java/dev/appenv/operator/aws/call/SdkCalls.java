package dev.appenv.operator.aws.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
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
          new Service<>(IamClient.class, IamClient::builder),
          new Service<>(RdsClient.class, RdsClient::builder),
          new Service<>(Route53Client.class, Route53Client::builder),
          new Service<>(S3Client.class, SdkCalls::s3),
          new Service<>(ElastiCacheClient.class, ElastiCacheClient::builder),
          new Service<>(
              ResourceGroupsTaggingApiClient.class, ResourceGroupsTaggingApiClient::builder),
          new Service<>(ServiceQuotasClient.class, ServiceQuotasClient::builder),
          new Service<>(SesV2Client.class, SesV2Client::builder),
          new Service<>(SsmClient.class, SsmClient::builder),
          new Service<>(StsClient.class, StsClient::builder));

  /** Of these there is one in each partition, and its region is not one of the others. */
  private static final Set<Class<?>> GLOBAL = Set.of(IamClient.class, Route53Client.class);

  private record Wanted(Class<?> service, Permit permit) {}

  private record Made(Class<?> service, int attempts) {}

  private final Region region;
  private final @Nullable String hostedZoneId;
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
      @Nullable String hostedZoneId,
      AwsCredentialsProvider credentials,
      ExecutionInterceptor interceptor,
      SdkHttpClient http) {
    this.region = region;
    this.hostedZoneId = hostedZoneId;
    this.credentials = credentials;
    this.interceptor = interceptor;
    this.http = http;
  }

  @Override
  public @Nullable String hostedZoneId() {
    return hostedZoneId;
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

  private Region global() {
    return switch (PartitionMetadata.of(region).id()) {
      case "aws" -> Region.AWS_GLOBAL;
      case "aws-cn" -> Region.AWS_CN_GLOBAL;
      case "aws-us-gov" -> Region.AWS_US_GOV_GLOBAL;
      default -> region;
    };
  }

  /** Another endpoint than AWS's own has no host name for each bucket. */
  private static S3ClientBuilder s3() {
    var elsewhere =
        Stream.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")
            .map(System::getenv)
            .anyMatch(url -> url != null && !url.isBlank());
    return S3Client.builder().forcePathStyle(elsewhere);
  }

  private <B extends AwsClientBuilder<B, C>, C> C make(Service<B, C> service, int attempts) {
    var builder = service.builder().get();
    builder
        .region(GLOBAL.contains(service.type()) ? global() : region)
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
