package dev.appenv.operator.release.transport;

/**
 * One machine and how to get in.
 *
 * @param machine a name that stays when the address changes; connections are kept by it
 * @param hostKey the only server key that is accepted, as {@code ssh-ed25519 AAAA...}
 * @param privateKey the client's key, OpenSSH form
 */
public record SshTarget(
    String machine, String host, int port, String user, String hostKey, String privateKey) {

  public static SshTarget ubuntu(String machine, String host, String hostKey, String privateKey) {
    return new SshTarget(machine, host, 22, "ubuntu", hostKey, privateKey);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port;
  }
}
