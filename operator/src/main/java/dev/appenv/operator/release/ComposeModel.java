package dev.appenv.operator.release;

import java.util.SortedMap;

/**
 * A compose file as far as the operator has to know it. {@code networks} always holds {@code
 * default}.
 */
public record ComposeModel(
    SortedMap<String, ComposeService> services,
    SortedMap<String, Shared> networks,
    SortedMap<String, Shared> volumes) {

  /**
   * A top-level network or volume. External ones belong to somebody else and are never labelled.
   */
  public record Shared(String key, boolean external) {}
}
