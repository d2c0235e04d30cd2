package dev.appenv.operator.release;

/**
 * The keys of one machine: the operator's to get in, and the machine's own, so that it is known at
 * first sight.
 */
public record MachineKeys(SshKeyPair client, SshKeyPair host) {

  public static MachineKeys generate() {
    throw new UnsupportedOperationException();
  }
}
