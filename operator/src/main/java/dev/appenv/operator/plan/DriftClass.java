package dev.appenv.operator.plan;

import java.util.Locale;

/** What kind of harm a difference does; the user sets a policy for each. */
public enum DriftClass {
  SECURITY,
  DATA,
  COST,
  RELEASE,
  COSMETIC;

  /** The name users write and read. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
