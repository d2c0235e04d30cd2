package dev.appenv.operator.aws.memory;

/** The process ended here. An error, so that no code that handles failures handles it. */
public final class OperatorStopped extends Error {
  private static final long serialVersionUID = 1;

  public OperatorStopped(String where) {
    super(where, null, false, false);
  }
}
