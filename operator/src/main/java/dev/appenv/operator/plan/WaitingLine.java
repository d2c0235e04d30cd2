package dev.appenv.operator.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Those that want to begin in an account and region. One begins only when all fits that it will
 * make; first come, first served.
 *
 * <p>What those take who came earlier is not there for the others, so that none overtakes because
 * it is small; nor does one wait for a quota that it takes nothing of. A quota of which too little
 * is known holds nobody back: AWS itself refuses what does not fit.
 */
public final class WaitingLine {
  /** The oldest first. */
  private final List<Claim> claims;

  /** What all take together that come before the one at an index, and at the end what all take. */
  private final List<Demand> before = new ArrayList<>();

  public WaitingLine(Collection<Claim> all) {
    claims = all.stream().sorted().toList();
    var sum = Demand.NONE;
    before.add(sum);
    for (var claim : claims) {
      sum = sum.and(claim.demand());
      before.add(sum);
    }
  }

  /**
   * Decides for one, which may be in the line itself.
   *
   * @param begun what is still to be made for those that began
   * @param levels of the quotas that are known
   */
  public Admission admit(Claim mine, Demand begun, Map<Quota, Level> levels) {
    var ahead = ahead(mine);
    var shortages = shortages(mine.demand(), begun.and(before.get(ahead)), levels);
    return shortages.isEmpty() ? new Admission.Granted() : new Admission.Queued(shortages, ahead);
  }

  private int ahead(Claim mine) {
    var low = 0;
    var high = claims.size();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (claims.get(middle).compareTo(mine) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether all of them fit. */
  public boolean allFit(Demand begun, Map<Quota, Level> levels) {
    return shortages(before.getLast(), begun, levels).isEmpty();
  }

  private static List<Admission.Shortage> shortages(
      Demand wanted, Demand kept, Map<Quota, Level> levels) {
    var shortages = new ArrayList<Admission.Shortage>();
    for (var quota : new TreeSet<>(wanted.quotas())) {
      var units = wanted.of(quota);
      var level = levels.get(quota);
      if (units > 0 && level != null && level.free() < kept.of(quota) + units)
        shortages.add(new Admission.Shortage(quota, level, kept.of(quota), units));
    }
    return shortages;
  }
}
