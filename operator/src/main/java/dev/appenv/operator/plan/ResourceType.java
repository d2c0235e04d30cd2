package dev.appenv.operator.plan;

/**
 * What the planner needs to know of a type of resource.
 *
 * @param <D> desired form
 * @param <L> live form
 */
public interface ResourceType<D, L extends Live> {
  Facts<D, L> facts();

  /**
   * What a type says of itself.
   *
   * @param title as users read it, for example {@code security group}
   * @param whenMissing the class of the drift when one that we made is gone
   * @param onImmutable what a difference in an immutable field leads to; only what holds no data
   *     may be replaced
   */
  record Facts<D, L extends Live>(
      String title,
      Class<D> desiredForm,
      Class<L> liveForm,
      FieldTable<D, L> fields,
      DriftClass whenMissing,
      OnImmutable onImmutable) {}

  enum OnImmutable {
    REFUSE,
    REPLACE
  }
}
