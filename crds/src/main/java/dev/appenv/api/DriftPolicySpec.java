package dev.appenv.api;

import org.jspecify.annotations.Nullable;

/** What is done about drift of each class. Left out means Repair. */
public record DriftPolicySpec(
    @Nullable Policy security,
    @Nullable Policy data,
    @Nullable Policy cost,
    @Nullable Policy release,
    @Nullable Policy cosmetic) {
  public enum Policy {
    Repair,
    Report,
    Ignore
  }
}
