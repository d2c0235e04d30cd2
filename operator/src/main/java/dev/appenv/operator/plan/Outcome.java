package dev.appenv.operator.plan;

/** What became of one change. */
public sealed interface Outcome {
  /**
   * It was done.
   *
   * @param id of the resource that was changed or made
   * @param secrets what was told with it and will not be told again
   */
  record Done(String id, SecretParts secrets) implements Outcome {}

  /**
   * It was not done, or its answer is not known.
   *
   * @param message what went wrong, without request ids
   */
  record Failed(Cause cause, String message) implements Outcome {}

  enum Cause {
    /** AWS refused for a reason that another look or another spec may cure; nothing was done. */
    REFUSED,
    DENIED,
    THROTTLED,
    /** Something that depends on it is still there. */
    DEPENDENCY,
    /** Something that is not ours uses it, and keeps it. */
    IN_USE,
    QUOTA,
    /** A timeout, a lost answer, a server error: it may have taken effect or not. */
    UNCERTAIN
  }
}
