package dev.appenv.operator.plan;

/** Where a live resource is in its life. */
public enum Phase {
  PENDING,
  READY,
  DELETING,
  FAILED
}
