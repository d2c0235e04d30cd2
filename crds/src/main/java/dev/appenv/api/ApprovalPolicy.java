package dev.appenv.api;

/** Whether a person is asked before something is deleted or replaced. */
public enum ApprovalPolicy {
  /** Nobody is asked. */
  Automatic,
  /** What deletes or replaces waits for the annotation that approves exactly that. */
  Manual
}
