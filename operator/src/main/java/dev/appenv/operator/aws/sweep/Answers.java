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
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** What was asked about accounts and regions. */
public final class Answers {
  private record Question(String about, Class<?> form) {}

  private final AwsClients clients;
  private final SharedReadings answers;

  public Answers(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.answers = new SharedReadings(clock);
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
        return answers.get(
            new SharedReadings.Key(scope.account(), scope.region(), new Question(about, form)),
            notOlderThan,
            after,
            _ -> resolution(scope, read));
      }
    };
  }

  private <T> Resolution<T> resolution(Scope scope, Function<Calls, T> read) {
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
