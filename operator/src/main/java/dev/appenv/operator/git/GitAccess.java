package dev.appenv.operator.git;

/**
 * How a repository is reached. Equal access to one repository shares answers; no form prints its
 * secret.
 */
public sealed interface GitAccess {

  record Anonymous() implements GitAccess {}

  /** User name and password or token, for {@code https} (and {@code http}). */
  record Basic(String username, String password) implements GitAccess {
    @Override
    public String toString() {
      return "Basic[username=" + username + ", password=***]";
    }
  }

  /**
   * A key for {@code ssh}. The server's key must be in {@code knownHosts}: there is no trust on
   * first use.
   *
   * @param privateKey unencrypted private key as {@code ssh-keygen} writes it
   * @param knownHosts lines as in an OpenSSH {@code known_hosts} file
   */
  record SshKey(String privateKey, String knownHosts) implements GitAccess {
    @Override
    public String toString() {
      return "SshKey[privateKey=***]";
    }
  }
}
