package dev.appenv.operator.plan;

/** The name of a resource within its environment, stable for life: {@code noun.role}. */
public record LogicalName(String value) implements Comparable<LogicalName> {
  public static LogicalName of(String value) {
    return new LogicalName(value);
  }

  @Override
  public int compareTo(LogicalName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
