package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was read last of single resources that AWS does not list with their tags. What could not be
 * read is not kept.
 */
public final class Readings {
  private record Key(Owner owner, LogicalName name) {}

  public record Reading(Instant begun, Facet facet) {}

  private final InstantSource clock;
  private final Map<Key, Reading> readings = new ConcurrentHashMap<>();

  public Readings(InstantSource clock) {
    this.clock = clock;
  }

  public Optional<Reading> last(Owner owner, LogicalName name) {
    return Optional.ofNullable(readings.get(new Key(owner, name)));
  }

  /** Reads it, and keeps what was read. */
  public Facet read(Owner owner, LogicalName name, Supplier<Facet> read) {
    var key = new Key(owner, name);
    var begun = clock.instant();
    var facet = read.get();
    if (facet instanceof Facet.Unknown) readings.remove(key);
    else readings.put(key, new Reading(begun, facet));
    return facet;
  }

  /** The environment is gone. */
  public void forget(Owner owner) {
    readings.keySet().removeIf(key -> key.owner().equals(owner));
  }
}
