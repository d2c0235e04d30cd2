package dev.appenv.operator.aws.call;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Every call to AWS passes here and nowhere else: it is counted, and it waits for a token. There is
 * a bucket per account, region and kind of call, of the size that AWS documents times our share,
 * and it is emptied when AWS throttles.
 */
public final class CallGate implements ExecutionInterceptor {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** AWS's documented buckets: size and refill per second. */
  private enum Kind {
    READ(100, 20),
    CHANGE(50, 5),
    RUN_INSTANCES(5, 2);

    private final int size;
    private final int perSecond;

    Kind(int size, int perSecond) {
      this.size = size;
      this.perSecond = perSecond;
    }

    static Kind of(String operation) {
      if (operation.equals("RunInstances") || operation.equals("StartInstances"))
        return RUN_INSTANCES;
      return operation.startsWith("Describe") || operation.startsWith("Get") ? READ : CHANGE;
    }
  }

  private record Key(String region, String service, Kind kind) {}

  private final double share;
  private final MeterRegistry registry;
  private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param share of AWS's limits that is used at most, 0 to 1, for others use the account too
   */
  public CallGate(double share, MeterRegistry registry) {
    this.share = share;
    this.registry = registry;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    try {
      if (!bucket(attributes).asBlocking().tryConsume(1, LONGEST_WAIT))
        throw SdkClientException.create(
            "the operator's own limit on calls to AWS is used up for " + LONGEST_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SdkClientException.create("interrupted while waiting to call AWS", e);
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    count(attributes, "success");
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.exception() instanceof AwsServiceException e) {
      if (e.isThrottlingException()) {
        bucket(attributes).tryConsumeAsMuchAsPossible();
        count(attributes, "throttled");
      } else count(attributes, Failures.code(e).isEmpty() ? "error" : Failures.code(e));
    } else count(attributes, "no_answer");
  }

  private Bucket bucket(ExecutionAttributes attributes) {
    var region = attributes.getAttribute(AwsExecutionAttribute.AWS_REGION);
    return buckets.computeIfAbsent(
        new Key(
            String.valueOf(region),
            String.valueOf(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)),
            Kind.of(operation(attributes))),
        key ->
            Bucket.builder()
                .addLimit(
                    Bandwidth.builder()
                        .capacity(atLeastOne(key.kind().size * share))
                        .refillGreedy(
                            atLeastOne(key.kind().perSecond * share), Duration.ofSeconds(1))
                        .build())
                .build());
  }

  private static long atLeastOne(double tokens) {
    return Math.max(1, Math.round(tokens));
  }

  private void count(ExecutionAttributes attributes, String outcome) {
    registry
        .counter(
            "appenv.aws.calls",
            "service",
            String.valueOf(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)),
            "operation",
            operation(attributes),
            "outcome",
            outcome)
        .increment();
  }

  private static String operation(ExecutionAttributes attributes) {
    return String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }
}
