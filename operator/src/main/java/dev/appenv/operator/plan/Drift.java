package dev.appenv.operator.plan;

/**
 * One difference between desired and live that nobody asked for.
 *
 * @param resource logical name, for example {@code network.machineSecurityGroup} or {@code
 *     release.backend}
 * @param field what differs, for example {@code ingress[tcp/5432 from 0.0.0.0/0]}
 * @param desired the wanted value as users read it; {@code absent} for what should not be there
 * @param live the value seen; {@code absent} for what is not there
 * @param repairable whether it is ours to put right, if the policy lets us
 */
public record Drift(
    String resource,
    String field,
    String desired,
    String live,
    DriftClass driftClass,
    boolean repairable) {
  public static final String ABSENT = "absent";
  public static final String PRESENT = "present";

  static Drift of(LogicalName resource, Difference difference, boolean repairable) {
    return new Drift(
        resource.value(),
        difference.path(),
        difference.desired(),
        difference.live(),
        difference.driftClass(),
        repairable);
  }

  /** One that can be put right. */
  public Drift(String resource, String field, String desired, String live, DriftClass driftClass) {
    this(resource, field, desired, live, driftClass, true);
  }
}
