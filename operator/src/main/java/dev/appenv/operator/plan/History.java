package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What we did before, as far as it was noted. */
public record History(Map<LogicalName, Entry> entries) {
  public static final History NONE = new History(Map.of());

  public History {
    entries = Map.copyOf(entries);
  }

  public Optional<Entry> of(LogicalName name) {
    return Optional.ofNullable(entries.get(name));
  }

  /**
   * What is noted of one resource.
   *
   * @param id the id that AWS gave; null while a create has no known outcome
   * @param applied fingerprints of the desired values last applied, by field
   * @param intent a create that was begun and whose outcome is not known, or whose resource has not
   *     been seen yet
   */
  public record Entry(@Nullable String id, Map<String, String> applied, @Nullable Intent intent) {
    public Entry {
      applied = Map.copyOf(applied);
    }
  }
}
