package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.ListedType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lists of an account and region, each read once for all environments there. A list is served
 * from memory while it is young enough for who asks; who asks while it is being read waits for that
 * reading.
 */
public final class Sweeps {
  private record Key(String account, String region, ListedType<?, ?> type) {}

  private record Reading(Instant begun, CompletableFuture<Listing> listing) {
    boolean serves(Duration notOlderThan, Instant after, Instant now) {
      if (!begun.isAfter(after)) return false;
      return switch (listing.state()) {
        case RUNNING -> true;
        case SUCCESS ->
            listing.resultNow() instanceof Listing.Listed listed
                && (begun.plus(notOlderThan).isAfter(now) || isPause(listed, now));
        case FAILED, CANCELLED -> false;
      };
    }

    /** Where a list takes long, AWS's limits are left to others for as long again. */
    private static boolean isPause(Listing.Listed listed, Instant now) {
      var took = Duration.between(listed.begun(), listed.ended());
      return listed.ended().plus(took).isAfter(now);
    }
  }

  private final AwsClients clients;
  private final String clusterId;
  private final InstantSource clock;
  private final Map<Key, Reading> readings = new ConcurrentHashMap<>();

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
    var mine = new Reading(clock.instant(), new CompletableFuture<>());
    var reading =
        readings.compute(
            new Key(account, region, type),
            (_, last) ->
                last != null && last.serves(notOlderThan, after, mine.begun()) ? last : mine);
    if (reading.equals(mine)) {
      try {
        mine.listing().complete(read(account, region, type, mine.begun()));
      } catch (Throwable t) {
        mine.listing().completeExceptionally(t);
        throw t;
      }
    }
    try {
      return reading.listing().join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "the shared reading of " + type.facts().title() + " failed", e);
    }
  }

  private <L extends AwsLive> Listing read(
      String account, String region, ListedType<?, L> type, Instant begun) {
    try {
      var all = type.list(clients.in(account, region), clusterId);
      return Listing.of(begun, clock.instant(), all);
    } catch (RuntimeException e) {
      return new Listing.Failed(
          type.facts().title() + "s could not be listed: " + Failures.of(e).message());
    }
  }
}
