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
  /** Can be set and not read, such as a password: set again when the wish for it has changed. */
  WRITE_ONLY,
  /** What it was made with or from; neither compared nor changed afterwards. */
  AT_CREATION,
  /** Compared; AWS cannot change it in place. */
  IMMUTABLE,
  /**
   * What remains to be done after a change of this or another resource, such as a restart: done as
   * far as the policy for its class lets us, and nobody's drift.
   */
  FOLLOW_UP,
  /** What others put there: told, and never touched, for it is not ours. */
  REPORTED;

  /** Whether AWS shows what it is. */
  boolean isReadable() {
    return this != WRITE_ONLY && this != AT_CREATION;
  }
}
