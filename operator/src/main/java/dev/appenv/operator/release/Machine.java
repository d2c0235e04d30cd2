package dev.appenv.operator.release;

import dev.appenv.operator.release.transport.RemoteShell;
import java.time.Duration;

/** One machine, read through one remote command. */
public final class Machine {
  public Machine(RemoteShell shell) {
    this(shell, MachineLayout.STANDARD);
  }

  Machine(RemoteShell shell, MachineLayout layout) {}

  /** Never waits for the boot to end: that is a state. */
  public MachineReading observe(Duration timeout) {
    throw new UnsupportedOperationException();
  }
}
