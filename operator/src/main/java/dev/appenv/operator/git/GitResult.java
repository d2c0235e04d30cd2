package dev.appenv.operator.git;

import java.util.function.Function;

/**
 * What a question to Git came to. {@link Missing} is an answer of the server; {@link Failed} says
 * nothing about what the repository holds.
 */
public sealed interface GitResult<T> {

  record Found<T>(T value) implements GitResult<T> {}

  /** The repository answered, and it is not there. */
  record Missing<T>(What what, String message) implements GitResult<T> {}

  record Failed<T>(Reason reason, String message) implements GitResult<T> {}

  enum What {
    BRANCH,
    FILE
  }

  enum Reason {
    /** No answer: name, network, timeout, server error. */
    UNREACHABLE,
    /** No access with these credentials. Servers also say so of repositories that do not exist. */
    DENIED,
    /** The ssh server's key is not in known_hosts, or differs. */
    HOST_KEY_MISMATCH,
    /** The URL, or the URL together with the kind of credentials, cannot work. */
    INVALID_URL,
    OTHER
  }

  default <R> GitResult<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Found<T>(var value) -> new Found<>(change.apply(value));
      case Missing<T>(var what, var message) -> new Missing<>(what, message);
      case Failed<T>(var reason, var message) -> new Failed<>(reason, message);
    };
  }
}
