package dev.appenv.operator.plan;

/** What becomes of a resource that is no longer wanted. */
public enum Removal {
  /** It is deleted; the data in it stay: in a snapshot, or in itself where there can be none. */
  KEEP_DATA,
  /** It is deleted, and the data in it as well. */
  DISCARD_DATA,
  /** It stays, without our marks. */
  DISOWN
}
