package dev.appenv.operator.release.transport;

/** What an attempt to connect came to. */
public sealed interface Connection {

  record Connected(RemoteShell shell) implements Connection {}

  /** Nothing listens, or nothing routes there. Usual while a machine boots. */
  record Refused(String message) implements Connection {}

  /** No answer in time: neither to TCP nor, where TCP was accepted, to SSH. */
  record TimedOut(String message) implements Connection {}

  /** Another machine answers, or the machine's key was changed by hand. Nothing was sent to it. */
  record HostKeyChanged(String message) implements Connection {}

  record AuthenticationFailed(String message) implements Connection {}
}
