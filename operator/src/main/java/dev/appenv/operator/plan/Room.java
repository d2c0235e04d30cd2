package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** For how many more environments there is room, and the quota that allows no more. */
public record Room(long environments, Quota limitedBy) {
  /**
   * How often a demand still fits; nothing when no quota is known of which it takes something.
   *
   * @param begun what is still to be made for those that began
   */
  public static Optional<Room> of(Demand each, Demand begun, Map<Quota, Level> levels) {
    Room least = null;
    for (var quota : new TreeSet<>(each.quotas())) {
      var level = levels.get(quota);
      if (level == null || each.of(quota) == 0) continue;
      var fits = Math.max(0, level.free() - begun.of(quota)) / each.of(quota);
      if (least == null || fits < least.environments()) least = new Room(fits, quota);
    }
    return Optional.ofNullable(least);
  }
}
