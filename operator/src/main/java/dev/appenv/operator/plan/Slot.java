package dev.appenv.operator.plan;

import java.util.Set;

/**
 * A place in every environment for one resource.
 *
 * @param needs must have an id before this one is created
 * @param after must moreover be ready and as desired before this one is created
 */
public record Slot<D, L extends Live>(
    LogicalName name, ResourceType<D, L> type, Set<LogicalName> needs, Set<LogicalName> after) {
  public Slot {
    needs = Set.copyOf(needs);
    after = Set.copyOf(after);
  }

  public Slot(LogicalName name, ResourceType<D, L> type) {
    this(name, type, Set.of(), Set.of());
  }

  public Slot<D, L> needs(LogicalName... names) {
    return new Slot<>(name, type, Set.of(names), after);
  }

  public Slot<D, L> after(LogicalName... names) {
    return new Slot<>(name, type, needs, Set.of(names));
  }

  public boolean dependsOn(LogicalName other) {
    return needs.contains(other) || after.contains(other);
  }

  /** The wish for what is to be in this slot. */
  public DesiredResource<D, L> wants(D desired) {
    return new DesiredResource<>(this, desired);
  }
}
