package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Objects;

/** The passwords that we chose for resources, by the resource's name. Secret. */
public record Passwords(Map<LogicalName, String> byResource) {
  public static final Passwords NONE = new Passwords(Map.of());

  public Passwords {
    byResource = Map.copyOf(byResource);
  }

  /** One that was asked for by the noun of the resource. */
  public String of(LogicalName name) {
    return Objects.requireNonNull(byResource.get(name), "no password was made for " + name);
  }

  @Override
  public String toString() {
    return "Passwords" + byResource.keySet();
  }
}
