package dev.appenv.operator.plan;

import org.jspecify.annotations.Nullable;

/** The AWS ids of an environment's resources, as far as they are there. */
@FunctionalInterface
public interface Ids {
  @Nullable String idOf(LogicalName name);

  /** What was seen of a resource; null when it was not seen, as when it was made just now. */
  default @Nullable Live liveOf(LogicalName name) {
    return null;
  }

  /** The id of a resource that must be there: a step runs only when what it needs is. */
  default String require(LogicalName name) {
    var id = idOf(name);
    if (id == null) throw new IllegalStateException(name + " has no id yet");
    return id;
  }
}
