package dev.appenv.operator.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The live state of one environment's resources, taken at one look. */
public record Observation(Map<LogicalName, Facet> facets) implements Ids {
  public Observation {
    facets = Map.copyOf(facets);
  }

  public Facet of(LogicalName name) {
    return facets.getOrDefault(name, new Facet.Unknown("not looked at"));
  }

  @Override
  public @Nullable String idOf(LogicalName name) {
    var live = liveOf(name);
    return live == null ? null : live.id();
  }

  @Override
  public @Nullable Live liveOf(LogicalName name) {
    return of(name) instanceof Facet.Observed(var live) ? live : null;
  }

  /** Whether it is known of every resource whether it is there. */
  public boolean isComplete() {
    return facets.values().stream().noneMatch(Facet.Unknown.class::isInstance);
  }

  /** Whether every resource of ours is known not to be there. */
  public boolean nothingLeft() {
    return facets.keySet().stream().allMatch(this::isGone);
  }

  /** Whether it is known that there is none of ours; what others have in its place stays. */
  public boolean isGone(LogicalName name) {
    return of(name) instanceof Facet.Absent || of(name) instanceof Facet.Foreign;
  }
}
