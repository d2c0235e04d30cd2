package dev.appenv.operator.release;

/**
 * An ed25519 key pair.
 *
 * @param privateKey OpenSSH form
 * @param publicKey {@code ssh-ed25519 AAAA... comment}
 */
public record SshKeyPair(String privateKey, String publicKey) {
  @Override
  public String toString() {
    return "SshKeyPair[" + publicKey + "]";
  }
}
