package dev.appenv.operator.plan;

/** A resource that cannot be decided about now, and why. */
public record Blocked(LogicalName name, Reason reason, String message) {
  public enum Reason {
    /** Live state could not be read. */
    UNKNOWN("ObservationFailed"),
    /** More than one resource bears our marks. */
    DUPLICATE("DuplicateFound"),
    /** Something of others is in its place. */
    FOREIGN("BelongsToOthers"),
    /** AWS cannot change the field in place, and replacing it would lose data. */
    IMMUTABLE("ImmutableField"),
    /** It is on its way out; it can only be waited for. */
    DELETING("Deleting"),
    /** AWS reports it as failed. */
    FAILED("ResourceFailed");

    private final String condition;

    Reason(String condition) {
      this.condition = condition;
    }

    /** The reason as a condition gives it. */
    public String condition() {
      return condition;
    }
  }
}
