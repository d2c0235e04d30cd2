package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Questions;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What was asked about accounts and regions. Who asks while the same is being read waits for that
 * reading; what could not be read is asked again.
 */
public final class Answers {
  private record Key(String account, String region, String about) {}

  private record Answer(Instant begun, CompletableFuture<Resolution<?>> resolution) {
    boolean serves(Duration notOlderThan, Instant after, Instant now) {
      if (!begun.isAfter(after)) return false;
      return switch (resolution.state()) {
        case RUNNING -> true;
        case SUCCESS ->
            resolution.resultNow() instanceof Resolution.Found<?>
                && begun.plus(notOlderThan).isAfter(now);
        case FAILED, CANCELLED -> false;
      };
    }
  }

  private final AwsClients clients;
  private final InstantSource clock;
  private final Map<Key, Answer> answers = new ConcurrentHashMap<>();

  public Answers(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * What can be asked where this environment is.
   *
   * @param after an answer that was begun before will not do
   */
  public Questions in(Scope scope, Instant after) {
    return new Questions() {
      @Override
      public <T> Resolution<T> ask(
          String about, Class<T> form, Duration notOlderThan, Function<Calls, T> read) {
        return switch (answer(scope, about, notOlderThan, after, read).resolution().join()) {
          case Resolution.Found<?>(var value) -> new Resolution.Found<>(form.cast(value));
          case Resolution.Failed<?>(var cause, var message) ->
              new Resolution.Failed<>(cause, message);
        };
      }
    };
  }

  private Answer answer(
      Scope scope, String about, Duration notOlderThan, Instant after, Function<Calls, ?> read) {
    var mine = new Answer(clock.instant(), new CompletableFuture<>());
    var answer =
        answers.compute(
            new Key(scope.account(), scope.region(), about),
            (_, last) ->
                last != null && last.serves(notOlderThan, after, mine.begun()) ? last : mine);
    if (answer.equals(mine)) {
      try {
        mine.resolution().complete(resolve(scope, read));
      } catch (Throwable t) {
        mine.resolution().completeExceptionally(t);
        throw t;
      }
    }
    return answer;
  }

  private Resolution<?> resolve(Scope scope, Function<Calls, ?> read) {
    try {
      return new Resolution.Found<>(read.apply(clients.in(scope.account(), scope.region())));
    } catch (AwsType.EmptyAnswer e) {
      return new Resolution.Failed<>(Outcome.Cause.UNCERTAIN, String.valueOf(e.getMessage()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      var failure = Failures.of(e);
      return new Resolution.Failed<>(failure.cause(), failure.message());
    }
  }
}
