package dev.appenv.operator.release;

/**
 * Where things are on the machine.
 *
 * @param root directory of the operator, readable by root alone
 * @param cloudInit where cloud-init tells how the boot goes
 */
public record MachineLayout(String root, String cloudInit) {
  public static final MachineLayout STANDARD = new MachineLayout("/opt/appenv", "/run/cloud-init");

  /** Of the application's compose project. */
  public static final String APPLICATION = "app";

  /** The directory that the edge reads. */
  public String routes() {
    return root + "/" + Edge.PROJECT + "/routes";
  }

  /** Where the releases of a compose project are. */
  String directory(String project) {
    return project.equals(APPLICATION) ? root : root + "/" + project;
  }
}
