package dev.appenv.operator.plan;

/**
 * What the planner needs to know of a type of resource.
 *
 * @param <D> desired form
 * @param <L> live form
 */
public interface ResourceType<D, L extends Live> {
  Facts<D, L> facts();

  /** Whether a create sets this field, of those that cannot be read back. */
  default boolean isSetAtCreation(D desired, String field) {
    return true;
  }

  /**
   * What a type says of itself.
   *
   * @param title as users read it, for example {@code security group}
   * @param whenMissing the class of the drift when one that we made is gone
   * @param loss what would be lost with it, and so whether another may take its place
   */
  record Facts<D, L extends Live>(
      String title,
      Class<D> desiredForm,
      Class<L> liveForm,
      FieldTable<D, L> fields,
      DriftClass whenMissing,
      Loss loss) {}

  /** What goes with a resource for good. */
  enum Loss {
    /** Replaced where a field differs that cannot be changed, and made again when it is gone. */
    NOTHING,
    /** What others know it by: made again when it is gone, and never replaced. */
    IDENTITY,
    /** Never replaced, and made again, empty, only when a person says so. */
    DATA
  }
}
