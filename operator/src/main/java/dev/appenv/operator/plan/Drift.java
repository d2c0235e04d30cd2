package dev.appenv.operator.plan;

/**
 * One difference between desired and live that nobody asked for.
 *
 * @param resource logical name, for example {@code network.machineSecurityGroup} or {@code
 *     release.backend}
 * @param field what differs, for example {@code ingress[tcp/5432 from 0.0.0.0/0]}
 * @param desired the wanted value as users read it; {@code absent} for what should not be there
 * @param live the value seen; {@code absent} for what is not there
 */
public record Drift(
    String resource, String field, String desired, String live, DriftClass driftClass) {
  public static final String ABSENT = "absent";
  public static final String PRESENT = "present";
}
