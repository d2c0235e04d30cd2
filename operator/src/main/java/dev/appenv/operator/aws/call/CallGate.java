package dev.appenv.operator.aws.call;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Every call to AWS passes here and nowhere else: it is counted, and it takes a token. There is a
 * bucket per account, region, service and kind of call, of the size that AWS documents times our
 * share, and it is emptied when AWS throttles.
 *
 * <p>Steps of a plan, and readings of single resources, are {@linkplain #admit admitted} before
 * they are begun, without waiting, so that a crowd of environments never queues up inside of calls.
 */
public final class CallGate implements ExecutionInterceptor {
  /** Far below the timeouts of a call: a token that is waited for in vain is lost to all. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** What of what this thread does was paid for when it was admitted. */
  private static final ScopedValue<Paid> PAID = ScopedValue.newInstance();

  /**
   * Calls for which no token is taken any more.
   *
   * @param reads whether these are reads; else they are changes
   */
  private record Paid(boolean reads, AtomicInteger left) {
    boolean covers(String operation) {
      return Budget.isRead(operation) == reads && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private record Key(String region, Budget budget) {
    static Key of(String region, Budget budget) {
      return new Key(budget.isGlobal() ? "" : region, budget);
    }
  }

  private final double share;
  private final MeterRegistry registry;
  private final TimeMeter time;
  private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param share of AWS's documented limits that is used at most, above 0: others use the account
   *     too
   */
  public CallGate(double share, MeterRegistry registry) {
    this(share, registry, TimeMeter.SYSTEM_MILLISECONDS);
  }

  CallGate(double share, MeterRegistry registry, TimeMeter time) {
    this.share = share;
    this.registry = registry;
    this.time = time;
  }

  /**
   * Takes tokens for so many calls if they are there; what they are for is then done by {@link
   * #paid} or {@link #paidReads}.
   */
  boolean admit(String region, Budget budget, int calls) {
    return bucket(region, budget).tryConsume(atMostAll(budget, calls));
  }

  /** The same for what can wait: half of the bucket is left to what cannot. */
  boolean spare(String region, Budget budget, int calls) {
    var tokens = atMostAll(budget, calls);
    var reserve = Math.min(budget.size(share) / 2, budget.size(share) - tokens);
    var bucket = bucket(region, budget);
    return bucket.getAvailableTokens() >= tokens + reserve && bucket.tryConsume(tokens);
  }

  /** What takes more calls than the bucket holds would never be admitted. */
  private long atMostAll(Budget budget, int calls) {
    return Math.min(calls, budget.size(share));
  }

  /** Does what was admitted: its first changing call takes no token any more. */
  public static <T> T paid(Supplier<T> work) {
    return ScopedValue.where(PAID, new Paid(false, new AtomicInteger(1))).call(work::get);
  }

  /** Does what was admitted: its first reading calls, so many, take no token any more. */
  public static <T> T paidReads(int calls, Supplier<T> work) {
    return ScopedValue.where(PAID, new Paid(true, new AtomicInteger(calls))).call(work::get);
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (PAID.isBound() && PAID.get().covers(operation(attributes))) return;
    var budget = budget(attributes);
    try {
      if (!bucket(region(attributes), budget).asBlocking().tryConsume(1, LONGEST_WAIT))
        throw OverBudgetException.after(LONGEST_WAIT);
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
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    return context.exception() instanceof AwsServiceException e
        ? Denials.named(e, service(attributes), operation(attributes))
        : context.exception();
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.exception() instanceof AwsServiceException e) {
      if (e.isThrottlingException()) {
        bucket(region(attributes), budget(attributes)).tryConsumeAsMuchAsPossible();
        count(attributes, "throttled");
      } else count(attributes, Failures.code(e).isEmpty() ? "error" : Failures.code(e));
    } else
      count(
          attributes,
          context.exception().getCause() instanceof OverBudgetException ? "not_sent" : "no_answer");
  }

  private Bucket bucket(String region, Budget budget) {
    return buckets.computeIfAbsent(
        Key.of(region, budget),
        key ->
            Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(
                    Bandwidth.builder()
                        .capacity(budget.size(share))
                        .refillGreedy(budget.perSecond(share), Duration.ofSeconds(1))
                        .build())
                .build());
  }

  private static String region(ExecutionAttributes attributes) {
    return String.valueOf(attributes.getAttribute(AwsExecutionAttribute.AWS_REGION));
  }

  private void count(ExecutionAttributes attributes, String outcome) {
    registry
        .counter(
            "appenv.aws.calls",
            "service",
            service(attributes),
            "operation",
            operation(attributes),
            "outcome",
            outcome)
        .increment();
  }

  private static Budget budget(ExecutionAttributes attributes) {
    return Budget.of(service(attributes), operation(attributes));
  }

  private static String service(ExecutionAttributes attributes) {
    return String.valueOf(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
  }

  private static String operation(ExecutionAttributes attributes) {
    return String.valueOf(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }
}
