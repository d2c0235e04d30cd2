package dev.appenv.operator.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One change of the plan. */
public sealed interface Step {
  LogicalName name();

  /**
   * A resource that is not there is made.
   *
   * @param gone the id of the one that was there before; null when there was none
   * @param losesData whether the new one is empty and what was in the other is lost
   */
  record Create(LogicalName name, @Nullable String gone, boolean losesData) implements Step {
    public static Create first(LogicalName name) {
      return new Create(name, null, false);
    }

    public static Create again(LogicalName name, String gone) {
      return new Create(name, gone, false);
    }

    public static Create empty(LogicalName name, String gone) {
      return new Create(name, gone, true);
    }

    public boolean again() {
      return gone != null;
    }

    @Override
    public String toString() {
      return losesData
          ? "create again, empty, %s, for %s is gone".formatted(name, gone)
          : (again() ? "create again " : "create ") + name;
    }
  }

  /** A resource that a former environment of the same name gave up becomes this one's. */
  record Adopt(LogicalName name, String id) implements Step {
    @Override
    public String toString() {
      return "adopt " + name + " (" + id + ")";
    }
  }

  /**
   * A resource that is there is made as it is wanted.
   *
   * @param differences what this step puts right
   */
  record Update(LogicalName name, String id, List<Difference> differences) implements Step {
    public Update {
      differences = List.copyOf(differences);
    }

    @Override
    public String toString() {
      return differences.stream()
          .map(d -> "%s: %s -> %s".formatted(d.path(), d.live(), d.desired()))
          .collect(Collectors.joining(", ", "update " + name + " (", ")"));
    }
  }

  /**
   * A resource goes.
   *
   * @param why {@code not wanted}, or the immutable field that calls for a replacement
   */
  record Delete(LogicalName name, String id, String why) implements Step {
    @Override
    public String toString() {
      return "delete " + name + " " + id + " (" + why + ")";
    }
  }
}
