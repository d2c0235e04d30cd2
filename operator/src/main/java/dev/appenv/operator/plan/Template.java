package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in which {@code ${NAME}} stands for a variable's value, and {@code $$} for a dollar. */
public record Template(String text) {
  private static final Pattern PART = Pattern.compile("\\$(?:\\$|\\{([A-Za-z_][A-Za-z0-9_]*)})");

  /** The variables that it needs. */
  public SortedSet<String> names() {
    var names = new TreeSet<String>();
    PART.matcher(text)
        .results()
        .map(part -> part.group(1))
        .forEach(name -> {
          if (name != null) names.add(name);
        });
    return names;
  }

  /** The text with the values in it; nothing as long as one of them is not known. */
  public Optional<String> fill(Map<String, String> values) {
    if (!values.keySet().containsAll(names())) return Optional.empty();
    return Optional.of(
        PART.matcher(text)
            .replaceAll(part ->
                Matcher.quoteReplacement(
                    part.group(1) == null ? "$" : values.getOrDefault(part.group(1), ""))));
  }
}
