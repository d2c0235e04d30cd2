package dev.appenv.operator.plan;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One look at the live state of an environment.
 *
 * @param awaited resources that are on the way to another state: looked at more often
 * @param after what was read before this instant will not do; {@link Instant#MIN} when it will
 * @param adopting since when what a former environment of this name left behind is wanted; empty
 *     when it is nobody's
 */
public record Look(
    Scope scope,
    History history,
    Set<LogicalName> awaited,
    Instant after,
    Optional<Instant> adopting) {
  public Look {
    awaited = Set.copyOf(awaited);
  }

  /** A look that takes what was read lately, and adopts nothing. */
  public static Look at(Scope scope, History history, Set<LogicalName> awaited) {
    return new Look(scope, history, awaited, Instant.MIN, Optional.empty());
  }
}
