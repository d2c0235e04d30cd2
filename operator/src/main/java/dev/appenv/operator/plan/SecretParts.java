package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Objects;

/** What a cloud says once and never again, by the names of its parts. Secret. */
public record SecretParts(Map<String, String> byName) {
  public static final SecretParts NONE = new SecretParts(Map.of());

  public SecretParts {
    byName = Map.copyOf(byName);
  }

  public String of(String name) {
    return Objects.requireNonNull(byName.get(name), name + " was not told");
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  @Override
  public String toString() {
    return "SecretParts" + byName.keySet();
  }
}
