package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.aws.resource.Survey;
import dev.appenv.operator.plan.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The lists of an account and region, each read once for all environments there. A list is served
 * from memory while it is young enough for who asks; who asks while it is being read waits for that
 * reading.
 */
public final class Sweeps {
  /**
   * @param what a type or a survey
   */
  private record Key(String account, String region, Object what) {}

  private record Outcome<T>(Resolution<T> resolution, Instant ended) {}

  /** Of something that could be read, or not. */
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

    /** Where a list takes long, AWS's limits are left to others for as long again. */
    private boolean isPause(Instant now) {
      var ended = outcome.resultNow().ended();
      return ended.plus(Duration.between(begun, ended)).isAfter(now);
    }
  }

  private final AwsClients clients;
  private final String clusterId;
  private final InstantSource clock;
  private final Map<Key, Reading<?>> readings = new ConcurrentHashMap<>();

  public Sweeps(AwsClients clients, String clusterId, InstantSource clock) {
    this.clients = clients;
    this.clusterId = clusterId;
    this.clock = clock;
  }

  /**
   * Never throws for what AWS says: a list that could not be read says so itself, and is read again
   * for the next who asks.
   *
   * @param notOlderThan for how long a list serves
   * @param after when the reading must have begun at the earliest
   */
  public Listing list(
      String account, String region, ListedType<?, ?> type, Duration notOlderThan, Instant after) {
    return switch (shared(
        new Key(account, region, type),
        type.facts().title() + "s",
        notOlderThan,
        after,
        begun -> read(account, region, type, begun))) {
      case Resolution.Found<Listing>(var listing) -> listing;
      case Resolution.Failed<Listing>(_, var why) -> new Listing.Failed(why);
    };
  }

  private <L extends AwsLive> Listing read(
      String account, String region, ListedType<?, L> type, Instant begun) {
    return Listing.of(begun, type.list(clients.in(account, region), clusterId));
  }

  /** The same for a survey. */
  public <T> Resolution<T> survey(
      String account, String region, Survey<T> survey, Duration notOlderThan, Instant after) {
    return shared(
        new Key(account, region, survey),
        survey.title(),
        notOlderThan,
        after,
        _ -> survey.read(clients.in(account, region)));
  }

  @SuppressWarnings("unchecked") // what is under a key is always of the key's kind
  private <T> Resolution<T> shared(
      Key key, String title, Duration notOlderThan, Instant after, Function<Instant, T> read) {
    var mine = new Reading<T>(clock.instant(), new CompletableFuture<>());
    var reading =
        (Reading<T>)
            readings.compute(
                key,
                (_, last) ->
                    last != null && last.serves(notOlderThan, after, mine.begun()) ? last : mine);
    if (reading.equals(mine)) {
      try {
        var resolution = resolution(title, () -> read.apply(mine.begun()));
        mine.outcome().complete(new Outcome<>(resolution, clock.instant()));
      } catch (Throwable t) {
        mine.outcome().completeExceptionally(t);
        throw t;
      }
    }
    try {
      return reading.outcome().join().resolution();
    } catch (CompletionException e) {
      throw new IllegalStateException("the shared reading of " + title + " failed", e);
    }
  }

  private static <T> Resolution<T> resolution(String title, Supplier<T> read) {
    try {
      return new Resolution.Found<>(read.get());
    } catch (RuntimeException e) {
      var failure = Failures.of(e);
      return new Resolution.Failed<>(
          failure.cause(), title + " could not be listed: " + failure.message());
    }
  }
}
