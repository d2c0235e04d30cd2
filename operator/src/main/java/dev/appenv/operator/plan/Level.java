package dev.appenv.operator.plan;

import java.util.Optional;

/**
 * How far a quota is used up.
 *
 * @param assumed whether the limit is what an account begins with, for this account's own could not
 *     be read
 */
public record Level(long used, long limit, boolean assumed) {
  /** What is left; nothing when more is used than the limit allows. */
  public long free() {
    return Math.max(0, limit - used);
  }

  /**
   * What two readings say together: nothing when either says nothing.
   *
   * <p>Where AWS has no value for this account, or keeps it from us, the documented one holds,
   * unless more than that is there already: then it was raised, nobody knows how far.
   */
  public static Optional<Level> of(Quota quota, Resolution<Long> limit, Resolution<Long> used) {
    if (!(used instanceof Resolution.Found<Long>(var there))) return Optional.empty();
    return switch (limit) {
      case Resolution.Found<Long>(var most) -> Optional.of(new Level(there, most, false));
      case Resolution.Failed<Long>(var cause, _) ->
          (cause == Outcome.Cause.DENIED || cause == Outcome.Cause.REFUSED)
                  && there <= quota.standard()
              ? Optional.of(new Level(there, quota.standard(), true))
              : Optional.empty();
    };
  }
}
