package dev.appenv.operator.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.appenv.operator.release.transport.RemoteShell;
import dev.appenv.operator.release.transport.ShellResult;
import java.time.Duration;
import java.util.Set;

/** One machine, read through one remote command. */
public final class Machine {
  private final RemoteScripts scripts;

  public Machine(RemoteShell shell) {
    this(shell, MachineLayout.STANDARD);
  }

  Machine(RemoteShell shell, MachineLayout layout) {
    this.scripts = new RemoteScripts(shell, layout);
  }

  /** Never waits for the boot to end: that is a state. */
  public MachineReading observe(Duration timeout) {
    return switch (scripts.observe(timeout)) {
      case ShellResult.Exited(int code, String stdout, String stderr) when code == 0 ->
          read(stdout);
      case ShellResult.Exited(int code, var stdout, String stderr) ->
          new MachineReading.Unknown(
              "The machine could not be looked at: its shell ended with code "
                  + code
                  + ". "
                  + new Masking(RegistryCredentials.NONE, Set.of()).mask(stderr.strip()));
      case ShellResult.TimedOut(String message) -> new MachineReading.Unknown(message);
      case ShellResult.Lost(String message) -> new MachineReading.Unknown(message);
      case ShellResult.Interrupted() -> new MachineReading.Unknown("The look was interrupted.");
    };
  }

  private static MachineReading read(String document) {
    try {
      return new MachineReading.Observed(ObservationReader.read(document));
    } catch (JsonProcessingException e) {
      return new MachineReading.Unknown(
          "The machine's answer could not be read: it is not the JSON that was asked for.");
    }
  }
}
