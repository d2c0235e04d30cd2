package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What live state now fulfils: from then on a difference there is somebody else's doing. */
public final class Convergence {
  private Convergence() {}

  /**
   * For each resource that is there, the fingerprints of the wishes that hold; others stay as they
   * were noted.
   */
  public static Map<LogicalName, SortedMap<String, String>> of(
      DesiredEnvironment desired, Observation observation, History history) {
    var settled = new TreeMap<LogicalName, SortedMap<String, String>>();
    for (var resource : desired.resources())
      if (observation.of(resource.name()) instanceof Facet.Observed(var live))
        settled.put(resource.name(), applied(resource, live, observation, history));
    return settled;
  }

  private static SortedMap<String, String> applied(
      DesiredResource<?, ?> resource, Live live, Ids ids, History history) {
    var before = history.of(resource.name()).map(History.Entry::applied).orElse(Map.of());
    var differing =
        resource.differences(live, ids, before).stream()
            .collect(Collectors.toMap(Difference::field, Difference::kind, (one, _) -> one));
    var prints = resource.fingerprints(ids);
    var changing =
        differing.keySet().stream().anyMatch(f -> !Objects.equals(prints.get(f), before.get(f)));
    var applied = new TreeMap<String, String>();
    prints.forEach((field, print) -> {
      var kind = differing.get(field);
      if (kind == null && resource.fields().kindOf(field).isReadable()) applied.put(field, print);
      // What moves because of our own change holds again only when it has been seen to.
      else if (before.containsKey(field) && !(changing && kind == FieldKind.STATE))
        applied.put(field, before.get(field));
    });
    return applied;
  }
}
