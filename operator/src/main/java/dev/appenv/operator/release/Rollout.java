package dev.appenv.operator.release;

import dev.appenv.operator.release.RolloutResult.Failed;
import dev.appenv.operator.release.RolloutResult.Reason;
import dev.appenv.operator.release.RolloutResult.RolloutStep;
import dev.appenv.operator.release.transport.RemoteShell;
import java.util.List;

/**
 * Puts releases in place. All is pulled before anything is touched. May be interrupted anywhere and
 * run again; never tries anything twice by itself.
 */
public final class Rollout {
  private final RemoteShell shell;
  private final MachineLayout layout;

  public Rollout(RemoteShell shell) {
    this(shell, MachineLayout.STANDARD);
  }

  Rollout(RemoteShell shell, MachineLayout layout) {
    this.shell = shell;
    this.layout = layout;
  }

  /** Blocks until all of them run healthy or one has failed. */
  public RolloutResult run(
      List<DesiredRelease> parts, RegistryCredentials credentials, RolloutOptions options) {
    RolloutResult result = new RolloutResult.Done(RunningState.EMPTY);
    for (var part : parts) {
      result = run(part, credentials, options);
      if (result instanceof Failed) return result;
    }
    return result;
  }

  RolloutResult run(
      DesiredRelease desired, RegistryCredentials credentials, RolloutOptions options) {
    if (!desired.id().matches("[0-9A-Za-z][0-9A-Za-z._-]{0,127}")) {
      return new Failed(
          RolloutStep.PREPARE,
          Reason.OTHER,
          "The commit's name cannot be a directory's name.",
          List.of(),
          true);
    }
    return new RolloutRun(new RemoteScripts(shell, layout), desired, credentials, options).run();
  }
}
