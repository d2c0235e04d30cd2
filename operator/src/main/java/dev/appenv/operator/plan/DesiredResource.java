package dev.appenv.operator.plan;

import java.util.List;
import java.util.SortedMap;

/** What is wanted in a slot. */
public record DesiredResource<D, L extends Live>(Slot<D, L> slot, D desired) {
  public LogicalName name() {
    return slot.name();
  }

  List<Difference> differences(Live live, Ids ids) {
    return slot.type()
        .facts()
        .fields()
        .compare(desired, slot.type().facts().liveForm().cast(live), ids);
  }

  public SortedMap<String, String> fingerprints(Ids ids) {
    return slot.type().facts().fields().fingerprints(desired, ids);
  }
}
