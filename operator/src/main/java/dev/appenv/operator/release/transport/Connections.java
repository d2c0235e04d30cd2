package dev.appenv.operator.release.transport;

/** Ways into machines. */
public interface Connections {
  Connection connect(SshTarget target);

  /** Closes the connection to a machine that is gone. */
  void forget(String machine);
}
