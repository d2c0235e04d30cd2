package dev.appenv.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

public record DriftSpec(@Nullable DriftPolicySpec policy, @Nullable List<IgnoreRule> ignore) {

  /**
   * Differences that are neither reported nor repaired; {@code field} may be left out to mean all
   * of the resource.
   */
  public record IgnoreRule(String resource, @Nullable String field) {}
}
