package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * What was read of single resources that AWS does not list with their tags. One is served from
 * memory while it is young enough for who asks; what could not be read is read again.
 */
public final class Readings {
  private record Key(Owner owner, LogicalName name) {}

  private record Reading(String id, Instant begun, Facet facet) {}

  private final InstantSource clock;
  private final Map<Key, Reading> readings = new ConcurrentHashMap<>();

  public Readings(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The last reading where it will do, and else a new one.
   *
   * @param id that is looked for: what was read of another says nothing
   * @param serves whether one begun at this time, which showed this, will do
   */
  public Facet of(
      Owner owner,
      LogicalName name,
      String id,
      BiPredicate<Instant, Facet> serves,
      Supplier<Facet> read) {
    var key = new Key(owner, name);
    var last = readings.get(key);
    if (last != null && last.id().equals(id) && serves.test(last.begun(), last.facet()))
      return last.facet();
    var begun = clock.instant();
    var facet = read.get();
    if (facet instanceof Facet.Unknown) readings.remove(key);
    else readings.put(key, new Reading(id, begun, facet));
    return facet;
  }

  /** The environment is gone. */
  public void forget(Owner owner) {
    readings.keySet().removeIf(key -> key.owner().equals(owner));
  }
}
