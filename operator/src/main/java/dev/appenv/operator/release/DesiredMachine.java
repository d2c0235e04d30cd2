package dev.appenv.operator.release;

import dev.appenv.operator.plan.Drift;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All that should run on a machine, in the order in which it is put in place. */
public record DesiredMachine(DesiredRelease edge, DesiredRelease application) {

  /** How the machine differs from it. */
  public record Comparison(ReleaseComparison edge, ReleaseComparison application) {
    public List<Drift> drift() {
      return Stream.of(edge, application).flatMap(part -> part.drift().stream()).toList();
    }

    public boolean newRelease() {
      return edge.newRelease() || application.newRelease();
    }
  }

  public Comparison compare(MachineState live) {
    return new Comparison(
        ReleaseComparison.compare(edge, live.edge()),
        ReleaseComparison.compare(application, live.application()));
  }

  /**
   * What is to be rolled out.
   *
   * @param repaired which drift is
   */
  public List<DesiredRelease> toRollOut(Comparison comparison, Predicate<Drift> repaired) {
    var parts = new ArrayList<DesiredRelease>();
    if (isDue(comparison.edge(), repaired)) parts.add(edge);
    if (isDue(comparison.application(), repaired)) parts.add(application);
    return parts;
  }

  private static boolean isDue(ReleaseComparison part, Predicate<Drift> repaired) {
    return part.newRelease() || part.drift().stream().anyMatch(repaired);
  }
}
