package dev.appenv.operator.aws.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.aws.memory.World;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Resolution;
import dev.appenv.operator.plan.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final World world = new World();
  private final Answers answers = new Answers(world, world.clock());
  private final AtomicInteger reads = new AtomicInteger();

  private static Scope scope(String environment, String region) {
    return new Scope(
        new Owner("cluster-1", "uid-" + environment, "shop", environment), "dev", region);
  }

  private Resolution<Integer> ask(Scope scope, Instant after, Function<Calls, Integer> read) {
    return answers.in(scope, after).ask("how many", Integer.class, HOUR, read);
  }

  private Resolution<Integer> ask(String environment, String region) {
    return ask(scope(environment, region), Instant.MIN, _ -> reads.incrementAndGet());
  }

  @Test
  void environments_of_an_account_and_region_share_an_answer() {
    assertThat(ask("a", "eu-central-1")).isEqualTo(new Resolution.Found<>(1));
    assertThat(ask("b", "eu-central-1")).isEqualTo(new Resolution.Found<>(1));
    assertThat(ask("b", "eu-west-1")).isEqualTo(new Resolution.Found<>(2));
  }

  @Test
  void it_serves_for_a_while_and_not_for_who_wants_a_newer_one() {
    ask("a", "eu-central-1");
    world.clock().advance(HOUR.minusSeconds(1));
    assertThat(ask("a", "eu-central-1")).isEqualTo(new Resolution.Found<>(1));
    assertThat(
            ask(
                scope("a", "eu-central-1"),
                world.clock().instant().minusNanos(1),
                _ -> reads.incrementAndGet()))
        .isEqualTo(new Resolution.Found<>(2));
    world.clock().advance(HOUR);
    assertThat(ask("a", "eu-central-1")).isEqualTo(new Resolution.Found<>(3));
  }

  @Test
  void what_could_not_be_read_is_asked_again() {
    var failed =
        ask(
            scope("a", "eu-central-1"),
            Instant.MIN,
            _ -> {
              throw AwsErrors.denied();
            });
    assertThat(failed).isInstanceOf(Resolution.Failed.class);
    assertThat(ask("a", "eu-central-1")).isEqualTo(new Resolution.Found<>(1));
  }
}
