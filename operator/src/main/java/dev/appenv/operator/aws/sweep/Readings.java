package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What was read last of single resources that AWS does not list, or not as a whole. What could not
 * be read is not kept.
 */
public final class Readings<T> {
  private record Key(Owner owner, LogicalName name) {}

  /** One reading of what has this id. */
  public record Reading<T>(String id, Instant begun, T value) {}

  private final InstantSource clock;
  private final Predicate<T> isKnown;
  private final Map<Key, Reading<T>> readings = new ConcurrentHashMap<>();

  /**
   * @param isKnown whether a reading says something
   */
  public Readings(InstantSource clock, Predicate<T> isKnown) {
    this.clock = clock;
    this.isKnown = isKnown;
  }

  /** What was read of another id says nothing. */
  public Optional<Reading<T>> last(Owner owner, LogicalName name, String id) {
    return Optional.ofNullable(readings.get(new Key(owner, name))).filter(r -> r.id().equals(id));
  }

  /** Reads it, and keeps what was read. */
  public T read(Owner owner, LogicalName name, String id, Supplier<T> read) {
    var key = new Key(owner, name);
    var begun = clock.instant();
    var value = read.get();
    if (isKnown.test(value)) readings.put(key, new Reading<>(id, begun, value));
    else readings.remove(key);
    return value;
  }

  /** What was read of it says nothing any more. */
  public void drop(Owner owner, LogicalName name) {
    readings.remove(new Key(owner, name));
  }

  /** The environment is gone. */
  public void forget(Owner owner) {
    readings.keySet().removeIf(key -> key.owner().equals(owner));
  }
}
