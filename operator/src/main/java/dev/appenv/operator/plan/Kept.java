package dev.appenv.operator.plan;

/** What was kept of the data in a resource that is gone. */
public sealed interface Kept {
  /** There was nothing to keep, or it is where it was. */
  record NothingToKeep() implements Kept {}

  /** It is in a snapshot that can be used. */
  record Snapshot(String id) implements Kept {}

  /** It is on the way into a snapshot. */
  record Underway(String id) implements Kept {}

  /** It should be in a snapshot, and there is none. */
  record Lost() implements Kept {}

  /** It could not be found out. */
  record Unknown(String why) implements Kept {}
}
