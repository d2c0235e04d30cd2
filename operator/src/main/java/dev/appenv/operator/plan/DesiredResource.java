package dev.appenv.operator.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** What is wanted in a slot. */
public record DesiredResource<D, L extends Live>(Slot<D, L> slot, D desired) {
  public LogicalName name() {
    return slot.name();
  }

  /**
   * @param applied the fingerprints of the wishes that were fulfilled before
   */
  List<Difference> differences(Live live, Ids ids, Map<String, String> applied) {
    return fields().compare(desired, slot.type().facts().liveForm().cast(live), ids, applied);
  }

  /** Whether it is now wished to be made from something else than it was made from. */
  boolean isOfOtherOrigin(Map<String, String> applied, Ids ids) {
    var prints = fingerprints(ids);
    return applied.keySet().stream()
        .filter(field -> fields().kindOf(field) == FieldKind.AT_CREATION)
        .anyMatch(field -> !Objects.equals(applied.get(field), prints.get(field)));
  }

  /** The fingerprints of what cannot be read back: they hold once it has been set. */
  public SortedMap<String, String> unreadable(Ids ids) {
    var prints = fingerprints(ids);
    prints.keySet().removeIf(field -> fields().kindOf(field).isReadable());
    return prints;
  }

  /** Of these, what a create sets. */
  public SortedMap<String, String> setAtCreation(Ids ids) {
    var prints = unreadable(ids);
    prints.keySet().removeIf(field -> !slot.type().isSetAtCreation(desired, field));
    return prints;
  }

  FieldTable<D, L> fields() {
    return slot.type().facts().fields();
  }

  public SortedMap<String, String> fingerprints(Ids ids) {
    return fields().fingerprints(desired, ids);
  }
}
