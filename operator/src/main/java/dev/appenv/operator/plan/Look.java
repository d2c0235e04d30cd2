package dev.appenv.operator.plan;

import dev.appenv.api.AppEnvironmentSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look at the live state of an environment.
 *
 * @param awaited resources that are on the way to another state: looked at more often
 * @param after what was read before this instant will not do; {@link Instant#MIN} when it will
 * @param sought what may be there: what is wished for or was begun; the others are not looked at
 * @param spec what is wished for; null when it cannot be read
 * @param adopting since when what a former environment of this name left behind is wanted; empty
 *     when it is nobody's
 */
public record Look(
    Scope scope,
    History history,
    Set<LogicalName> awaited,
    Instant after,
    Set<LogicalName> sought,
    @Nullable AppEnvironmentSpec spec,
    Optional<Instant> adopting) {
  public Look {
    awaited = Set.copyOf(awaited);
    sought = Set.copyOf(sought);
  }
}
