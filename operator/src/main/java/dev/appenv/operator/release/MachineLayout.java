package dev.appenv.operator.release;

/**
 * Where things are on the machine.
 *
 * @param root directory of the operator, readable by root alone
 * @param project name of the compose project
 * @param cloudInit where cloud-init tells how the boot goes
 */
public record MachineLayout(String root, String project, String cloudInit) {
  public static final MachineLayout STANDARD =
      new MachineLayout("/opt/appenv", "app", "/run/cloud-init");
}
