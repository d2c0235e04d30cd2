package dev.appenv.operator.aws.resource;

import dev.appenv.operator.aws.call.Calls;

/**
 * A list of an account and region that is not of our resources alone, and tells of what others did
 * there. It is read once for all environments, more seldom than our own.
 *
 * @param <T> what it says
 */
public interface Survey<T> {
  /** As users read it, in the plural. */
  String title();

  T read(Calls aws);
}
