package dev.appenv.operator.release;

/**
 * Where things are on the machine.
 *
 * @param root directory of the operator, readable by root alone
 * @param project name of the compose project
 */
public record MachineLayout(String root, String project) {
  public static final MachineLayout STANDARD = new MachineLayout("/opt/appenv", "app");
}
