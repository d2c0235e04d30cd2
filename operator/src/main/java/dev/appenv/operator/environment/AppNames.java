package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.operator.plan.Template;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The variables that the application wants under names of its own. Pure. */
final class AppNames {
  private AppNames() {}

  /** By name, what each is made of. */
  static Map<String, Template> templates(AppEnvironmentSpec spec) {
    var templates = new TreeMap<String, Template>();
    var release = spec.release();
    if (release != null && release.variables() != null)
      release.variables().forEach((name, text) -> templates.put(name, new Template(text)));
    return templates;
  }

  /**
   * The names of all variables that the application is told.
   *
   * @param given the names of those that the environment's resources give
   */
  static SortedSet<String> all(AppEnvironmentSpec spec, Set<String> given) {
    var all = new TreeSet<>(given);
    all.addAll(templates(spec).keySet());
    return all;
  }

  /**
   * What cannot be told as it is asked for.
   *
   * @param given the names of those that the environment's resources give
   */
  static Optional<Problem> problem(AppEnvironmentSpec spec, Set<String> given) {
    for (var wanted : templates(spec).entrySet()) {
      var path = "spec.release.variables." + wanted.getKey();
      var template = wanted.getValue();
      if (given.contains(template.text()))
        return unknown(
            "%s: %s is a name here and no value; write ${%s}"
                .formatted(path, template.text(), template.text()));
      var missing = new TreeSet<>(template.names());
      missing.removeAll(given);
      if (!missing.isEmpty())
        return unknown(
            "%s: this environment has no variable %s; %s"
                .formatted(
                    path,
                    String.join(", ", missing),
                    given.isEmpty()
                        ? "it has none; ask for what gives it, such as spec.database"
                        : "it has " + String.join(", ", new TreeSet<>(given))));
    }
    return Optional.empty();
  }

  private static Optional<Problem> unknown(String message) {
    return Optional.of(Problem.person("VariableUnknown", message));
  }
}
