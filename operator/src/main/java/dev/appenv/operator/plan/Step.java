package dev.appenv.operator.plan;

import java.util.List;
import java.util.stream.Collectors;

/** One change of the plan. */
public sealed interface Step {
  LogicalName name();

  record Create(LogicalName name, boolean again) implements Step {
    @Override
    public String toString() {
      return (again ? "create again " : "create ") + name;
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
