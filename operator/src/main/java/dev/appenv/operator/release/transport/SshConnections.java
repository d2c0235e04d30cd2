package dev.appenv.operator.release.transport;

/** SSH connections, one per machine, kept between passes. */
public final class SshConnections implements AutoCloseable {

  public SshConnections(SshTimeouts timeouts) {}

  /**
   * The open connection to the machine, or a new one where there is none or the target is no longer
   * the same.
   */
  public Connection connect(SshTarget target) {
    throw new UnsupportedOperationException();
  }

  /** Closes the connection to a machine that is gone. */
  public void forget(String machine) {}

  @Override
  public void close() {}
}
