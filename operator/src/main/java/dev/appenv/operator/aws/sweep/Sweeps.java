package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lists of an account and region, each read once for all environments there. A list is served
 * from memory while it is fresh; who asks while it is being read waits for that reading; a change
 * makes the lists of its type stale at once.
 */
public final class Sweeps {
  private record Key(String account, String region, AwsType<?, ?> type) {}

  private static final class Entry {
    CompletableFuture<Listing> reading = CompletableFuture.completedFuture(Listing.NEVER_READ);
    Instant begun = Instant.MIN;
    Instant staleBefore = Instant.MIN;
  }

  private final AwsClients clients;
  private final String clusterId;
  private final Duration interval;
  private final InstantSource clock;
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

  /**
   * @param interval for how long a list is fresh when nothing changes
   */
  public Sweeps(AwsClients clients, String clusterId, Duration interval, InstantSource clock) {
    this.clients = clients;
    this.clusterId = clusterId;
    this.interval = interval;
    this.clock = clock;
  }

  /** Never throws for what AWS says: a list that could not be read says so itself. */
  public Listing list(String account, String region, AwsType<?, ?> type) {
    var entry = entries.computeIfAbsent(new Key(account, region, type), _ -> new Entry());
    CompletableFuture<Listing> reading;
    var mine = false;
    synchronized (entry) {
      var now = clock.instant();
      // A reading that began before the last change may not show that change.
      var fresh =
          entry.begun.isAfter(entry.staleBefore)
              && (!entry.reading.isDone() || entry.begun.plus(interval).isAfter(now));
      if (!fresh) {
        entry.begun = now;
        entry.reading = new CompletableFuture<>();
        mine = true;
      }
      reading = entry.reading;
    }
    if (mine) {
      try {
        reading.complete(read(account, region, type));
      } catch (Throwable t) {
        reading.completeExceptionally(t);
        markStale(account, region, type);
        throw t;
      }
    }
    try {
      var listing = reading.join();
      if (listing instanceof Listing.Failed) markStale(account, region, type);
      return listing;
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "the shared reading of " + type.facts().title() + " failed", e);
    }
  }

  /**
   * Something of this type was changed, or may have been: what was read until now counts no more.
   */
  public void markStale(String account, String region, AwsType<?, ?> type) {
    var entry = entries.get(new Key(account, region, type));
    if (entry == null) return;
    synchronized (entry) {
      entry.staleBefore = clock.instant();
    }
  }

  private <L extends AwsLive> Listing read(String account, String region, AwsType<?, L> type) {
    try {
      return Listing.of(type.list(clients.in(account, region), clusterId));
    } catch (RuntimeException e) {
      return new Listing.Failed(
          type.facts().title() + "s could not be listed: " + Failures.of(e).message());
    }
  }
}
