package dev.appenv.operator.environment;

import dev.appenv.operator.release.Machine;
import dev.appenv.operator.release.MachineReading;
import dev.appenv.operator.release.MachineState;
import dev.appenv.operator.release.transport.Connection;
import dev.appenv.operator.release.transport.Connections;
import dev.appenv.operator.release.transport.SshTarget;
import java.time.Duration;
import java.util.Optional;

/** What runs on the machines, read in the background. */
final class Machines {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** One look at a machine. */
  sealed interface View {
    record Seen(MachineState state) implements View {}

    record Unreachable(Problem problem) implements View {}
  }

  /**
   * @param target what was looked at: an answer of another machine is no answer
   */
  record Look(SshTarget target, View view) {}

  private final Connections connections;
  private final Background<Look> looks;

  Machines(Connections connections, Background<Look> looks) {
    this.connections = connections;
    this.looks = looks;
  }

  /**
   * The last look at this machine, if there is one; a new one is begun when it is older than the
   * interval.
   */
  Optional<View> look(String uid, SshTarget target, Duration interval) {
    if (looks.last(uid).filter(look -> !look.target().equals(target)).isPresent())
      looks.expire(uid);
    looks.refresh(uid, interval, () -> new Look(target, view(target)));
    return looks.last(uid).filter(look -> look.target().equals(target)).map(Look::view);
  }

  /** The machine was changed: what was seen before counts no more. */
  void discard(String uid) {
    looks.discard(uid);
  }

  /** The next who asks begins a new look. */
  void refresh(String uid) {
    looks.expire(uid);
  }

  void forget(String uid) {
    looks.forget(uid);
    connections.forget(uid);
  }

  /** A connection for a rollout. */
  Connection connect(SshTarget target) {
    return connections.connect(target);
  }

  private View view(SshTarget target) {
    return switch (connections.connect(target)) {
      case Connection.Connected(var shell) ->
          switch (new Machine(shell).observe(READ_TIMEOUT)) {
            case MachineReading.Observed(var state) -> new View.Seen(state);
            case MachineReading.Unknown(var message) ->
                new View.Unreachable(Problem.passing("MachineUnreadable", message));
          };
      case Connection.Refused(var message) -> unreachable("MachineUnreachable", message, false);
      case Connection.TimedOut(var message) -> unreachable("MachineUnreachable", message, false);
      case Connection.HostKeyChanged(var message) -> unreachable("HostKeyChanged", message, true);
      case Connection.AuthenticationFailed(var message) ->
          unreachable("SSHAuthenticationFailed", message, true);
    };
  }

  private static View unreachable(String reason, String message, boolean needsPerson) {
    return new View.Unreachable(new Problem(reason, message, needsPerson));
  }
}
