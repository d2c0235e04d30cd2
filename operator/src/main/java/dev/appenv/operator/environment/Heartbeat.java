package dev.appenv.operator.environment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * When each environment was last worked on. A framework that lost an environment's events says
 * nothing; this does.
 */
public final class Heartbeat {
  private final InstantSource clock;
  private final Duration longest;
  private final Map<String, Instant> beats = new ConcurrentHashMap<>();

  /**
   * @param longest that may lie between two passes over the same environment
   */
  public Heartbeat(Duration longest, InstantSource clock) {
    this.longest = longest;
    this.clock = clock;
  }

  void beat(String environment) {
    beats.put(environment, clock.instant());
  }

  void remove(String environment) {
    beats.remove(environment);
  }

  /**
   * An environment that was not worked on for too long.
   *
   * @param exists asked only for such ones, by {@code namespace/name}: one whose finalizer was
   *     taken off by hand just ends
   */
  public Optional<String> stopped(Predicate<String> exists) {
    var limit = clock.instant().minus(longest);
    beats.entrySet().removeIf(e -> e.getValue().isBefore(limit) && !exists.test(e.getKey()));
    return beats.entrySet().stream()
        .filter(e -> e.getValue().isBefore(limit))
        .map(e -> "no pass over %s since %s".formatted(e.getKey(), e.getValue()))
        .findFirst();
  }
}
