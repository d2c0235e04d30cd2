package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.plan.Resolution;
import java.time.Duration;
import java.util.function.Function;

/**
 * What can be asked about an account and region that is no resource of ours there. Environments
 * that ask the same share the answer.
 */
@FunctionalInterface
public interface Questions {
  /**
   * The last answer where it will do, and else a new one.
   *
   * @param about tells this question from others
   * @param form of the answer
   * @param notOlderThan for how long an answer serves
   */
  <T> Resolution<T> ask(
      String about, Class<T> form, Duration notOlderThan, Function<Calls, T> read);
}
