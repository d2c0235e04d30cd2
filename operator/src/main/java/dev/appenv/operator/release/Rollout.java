package dev.appenv.operator.release;

import dev.appenv.operator.release.transport.RemoteShell;

/**
 * Puts one release in place. All is pulled before anything is touched. May be interrupted anywhere
 * and run again; never tries anything twice by itself.
 */
public final class Rollout {
  public Rollout(RemoteShell shell) {
    this(shell, MachineLayout.STANDARD);
  }

  Rollout(RemoteShell shell, MachineLayout layout) {}

  /** Blocks until the release runs healthy or has failed. */
  public RolloutResult run(
      DesiredRelease desired, RegistryCredentials credentials, RolloutOptions options) {
    throw new UnsupportedOperationException();
  }
}
