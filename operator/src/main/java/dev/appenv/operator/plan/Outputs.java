package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the application is told of the environment's resources, as variables. Values may be secret.
 *
 * @param values by the variable's name
 * @param awaited the resources whose values are not known yet
 */
public record Outputs(SortedMap<String, String> values, Set<LogicalName> awaited) {
  public static final Outputs NONE = new Outputs(new TreeMap<>(), Set.of());

  public Outputs {
    values = new TreeMap<>(values);
    awaited = Set.copyOf(awaited);
  }

  public static Outputs of(Map<String, String> values) {
    return new Outputs(new TreeMap<>(values), Set.of());
  }

  public static Outputs awaited(LogicalName resource) {
    return new Outputs(new TreeMap<>(), Set.of(resource));
  }

  public Outputs and(Outputs others) {
    var all = new TreeMap<>(values);
    all.putAll(others.values);
    var waits = new TreeSet<>(awaited);
    waits.addAll(others.awaited);
    return new Outputs(all, waits);
  }

  /**
   * With these as well, made of the values here. What needs a value that is not known is left out.
   *
   * @param templates by the variable's name; one that is here already is replaced
   */
  public Outputs with(Map<String, Template> templates) {
    var all = new TreeMap<>(values);
    templates.forEach(
        (name, template) -> template.fill(values).ifPresent(text -> all.put(name, text)));
    return new Outputs(all, awaited);
  }

  @Override
  public String toString() {
    return "Outputs%s, awaited %s".formatted(values.keySet(), awaited);
  }
}
