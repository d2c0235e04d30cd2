package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process changed, or may have changed, and when: a list that was begun before says
 * nothing of it.
 */
public final class Touches {
  private record Key(Owner owner, LogicalName name) {}

  private final InstantSource clock;
  private final Map<Key, Instant> touched = new ConcurrentHashMap<>();

  public Touches(InstantSource clock) {
    this.clock = clock;
  }

  public void touch(Owner owner, LogicalName name) {
    touched.put(new Key(owner, name), clock.instant());
  }

  /** When it was touched, if a list begun at this time may not show that. */
  public Optional<Instant> since(Owner owner, LogicalName name, Instant begun) {
    var key = new Key(owner, name);
    var when = touched.get(key);
    if (when == null) return Optional.empty();
    if (!begun.isAfter(when)) return Optional.of(when);
    touched.remove(key, when);
    return Optional.empty();
  }
}
