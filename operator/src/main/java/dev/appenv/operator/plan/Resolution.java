package dev.appenv.operator.plan;

/** What became of looking something up. */
public sealed interface Resolution<T> {
  record Found<T>(T value) implements Resolution<T> {}

  record Failed<T>(Outcome.Cause cause, String message) implements Resolution<T> {}
}
