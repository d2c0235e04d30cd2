package dev.appenv.operator.release;

import dev.appenv.operator.plan.Drift;
import java.util.List;

/**
 * How the machine differs from the release it should run.
 *
 * @param drift what was changed by hand, all of it; nothing that merely has not been rolled out yet
 * @param newRelease the machine's current release is another commit, or none, or was rendered from
 *     another spec
 * @param toStop ids of running containers that are not ours: stopped, never removed
 */
public record ReleaseComparison(List<Drift> drift, boolean newRelease, List<String> toStop) {

  public static ReleaseComparison compare(DesiredRelease desired, RunningState live) {
    throw new UnsupportedOperationException();
  }

  public boolean rolloutNeeded() {
    return newRelease || !drift.isEmpty();
  }
}
