package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.plan.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is read once for all who ask. It is served from memory while it is young enough for who
 * asks; who asks while it is being read waits for that reading. What could not be read is read
 * again for the next who asks.
 */
final class SharedReadings {
  /**
   * @param what is read there; says also of what form it is
   */
  record Key(String account, String region, Object what) {}

  private record Outcome<T>(Resolution<T> resolution, Instant ended) {}

  private record Reading<T>(Instant begun, CompletableFuture<Outcome<T>> outcome) {
    boolean serves(Duration notOlderThan, Instant after, Instant now) {
      if (!begun.isAfter(after)) return false;
      return switch (outcome.state()) {
        case RUNNING -> true;
        case SUCCESS ->
            outcome.resultNow().resolution() instanceof Resolution.Found
                && (begun.plus(notOlderThan).isAfter(now) || isPause(now));
        case FAILED, CANCELLED -> false;
      };
    }

    /** Where reading takes long, AWS's limits are left to others for as long again. */
    private boolean isPause(Instant now) {
      var ended = outcome.resultNow().ended();
      return ended.plus(Duration.between(begun, ended)).isAfter(now);
    }
  }

  private final InstantSource clock;
  private final Map<Key, Reading<?>> readings = new ConcurrentHashMap<>();

  SharedReadings(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param notOlderThan for how long a reading serves
   * @param after when it must have begun at the earliest
   * @param read given when it begins; throws for bugs only
   */
  @SuppressWarnings("unchecked") // what is under a key is always of the key's form
  <T> Resolution<T> get(
      Key key, Duration notOlderThan, Instant after, Function<Instant, Resolution<T>> read) {
    var mine = new Reading<T>(clock.instant(), new CompletableFuture<>());
    var reading =
        (Reading<T>)
            readings.compute(
                key,
                (_, last) ->
                    last != null && last.serves(notOlderThan, after, mine.begun()) ? last : mine);
    if (reading.equals(mine)) {
      try {
        mine.outcome().complete(new Outcome<>(read.apply(mine.begun()), clock.instant()));
      } catch (Throwable t) {
        mine.outcome().completeExceptionally(t);
        throw t;
      }
    }
    try {
      return reading.outcome().join().resolution();
    } catch (CompletionException e) {
      throw new IllegalStateException("the shared reading of " + key + " failed", e);
    }
  }
}
