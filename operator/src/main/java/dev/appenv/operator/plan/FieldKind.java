package dev.appenv.operator.plan;

/** How a field takes part in reconciling. */
public enum FieldKind {
  /** Compared, and changed in place when it differs. */
  RECONCILED,
  /**
   * Reconciled too, but it moves while a change of the resource is under way: then its difference
   * is nobody's drift.
   */
  STATE,
  /** Seen but not ours to hold: AWS may move it. */
  OBSERVED_ONLY,
  /** Given at creation and not readable afterwards. */
  WRITE_ONLY,
  /** Compared; AWS cannot change it in place. */
  IMMUTABLE
}
