package dev.appenv.operator.release;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The keys of one machine: the operator's to get in, and the machine's own, so that it is known at
 * first sight.
 */
public record MachineKeys(SshKeyPair client, SshKeyPair host) {
  private static final String TYPE = "ssh-ed25519";
  private static final int KEY_BYTES = 32;
  private static final int BLOCK = 8;
  private static final int LINE = 70;

  public static MachineKeys generate() {
    return new MachineKeys(generate("appenv"), generate("appenv-machine"));
  }

  private static SshKeyPair generate(String comment) {
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
    // Both encodings are a fixed header followed by the 32 bytes that OpenSSH wants.
    byte[] publicPoint = last(pair.getPublic().getEncoded());
    byte[] seed = last(pair.getPrivate().getEncoded());
    byte[] publicBlob =
        blob(out -> {
          text(out, TYPE);
          bytes(out, publicPoint);
        });
    byte[] privateBlob = privateBlob(publicPoint, seed, publicBlob, comment);
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(privateBlob);
    return new SshKeyPair(
        "-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "\n-----END OPENSSH PRIVATE KEY-----\n",
        TYPE + " " + Base64.getEncoder().encodeToString(publicBlob) + " " + comment);
  }

  /** The format is OpenSSH's PROTOCOL.key, without a passphrase. */
  private static byte[] privateBlob(
      byte[] publicPoint, byte[] seed, byte[] publicBlob, String comment) {
    int check = new SecureRandom().nextInt();
    byte[] secret =
        blob(out -> {
          out.writeInt(check);
          out.writeInt(check);
          text(out, TYPE);
          bytes(out, publicPoint);
          out.writeInt(2 * KEY_BYTES);
          out.write(seed);
          out.write(publicPoint);
          text(out, comment);
          for (int pad = 1; out.size() % BLOCK != 0; pad++) {
            out.write(pad);
          }
        });
    return blob(out -> {
      out.write("openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII));
      text(out, "none");
      text(out, "none");
      text(out, "");
      out.writeInt(1);
      bytes(out, publicBlob);
      bytes(out, secret);
    });
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] blob(Writing writing) {
    var bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] last(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
  }
}
