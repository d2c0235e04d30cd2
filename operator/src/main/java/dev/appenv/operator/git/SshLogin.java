package dev.appenv.operator.git;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * Logs in to one Git server by SSH with one key and one list of known hosts, and nothing of the
 * operator's home.
 */
record SshLogin(SshdSessionFactory factory) implements AutoCloseable {
  /** Never created: there is nothing to be read from it. */
  private static final File NOWHERE = new File("/nonexistent/appenv");

  private static final String UNREADABLE =
      "The SSH private key cannot be read: it must be unencrypted and as `ssh-keygen` writes it.";

  /** The key or the known hosts are not what they should be. Never quotes them. */
  static final class BadCredentials extends IOException {
    private static final long serialVersionUID = 1L;

    BadCredentials(String message) {
      super(message);
    }
  }

  static SshLogin with(GitAccess.SshKey access, Runnable onRefusedHostKey) throws BadCredentials {
    List<KeyPair> keys = new ArrayList<>();
    try {
      var found =
          SecurityUtils.loadKeyPairIdentities(
              null,
              () -> "private key",
              new ByteArrayInputStream(access.privateKey().getBytes(StandardCharsets.UTF_8)),
              null);
      if (found != null) {
        found.forEach(keys::add);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new BadCredentials(UNREADABLE);
    }
    if (keys.isEmpty()) {
      throw new BadCredentials(UNREADABLE);
    }
    var hosts = new KnownHosts(entries(access.knownHosts()), onRefusedHostKey);
    return new SshLogin(
        new SshdSessionFactoryBuilder()
            .setPreferredAuthentications("publickey")
            .setHomeDirectory(NOWHERE)
            .setSshDirectory(NOWHERE)
            .setConfigStoreFactory((home, config, user) -> null)
            .setDefaultKeysProvider(directory -> keys)
            .setServerKeyDatabase((home, directory) -> hosts)
            .build(null));
  }

  private static List<KnownHostEntry> entries(String knownHosts) throws BadCredentials {
    try {
      return KnownHostEntry.readKnownHostEntries(new StringReader(knownHosts), true);
    } catch (IOException | RuntimeException e) {
      throw new BadCredentials("known_hosts cannot be read: make it with `ssh-keyscan HOST`.");
    }
  }

  @Override
  public void close() {
    factory.close();
  }

  private record KnownHosts(List<KnownHostEntry> entries, Runnable onRefused)
      implements ServerKeyDatabase {

    @Override
    public List<PublicKey> lookup(
        String connectAddress, InetSocketAddress remote, Configuration configuration) {
      var keys = new ArrayList<PublicKey>();
      for (KnownHostEntry entry : entries) {
        if (entry.getMarker() == null && matches(entry, connectAddress, remote)) {
          key(entry, keys);
        }
      }
      return keys;
    }

    @Override
    public boolean accept(
        String connectAddress,
        InetSocketAddress remote,
        PublicKey serverKey,
        Configuration configuration,
        CredentialsProvider provider) {
      var revoked = new ArrayList<PublicKey>();
      entries.stream()
          .filter(entry -> "revoked".equals(entry.getMarker()))
          .forEach(entry -> key(entry, revoked));
      boolean known =
          contains(lookup(connectAddress, remote, configuration), serverKey)
              && !contains(revoked, serverKey);
      if (!known) {
        onRefused.run();
      }
      return known;
    }

    private static boolean contains(List<PublicKey> keys, PublicKey key) {
      return keys.stream().anyMatch(known -> KeyUtils.compareKeys(known, key));
    }

    /** By the name that the URL uses; an address only where the URL has it. */
    private static boolean matches(
        KnownHostEntry entry, String connectAddress, InetSocketAddress remote) {
      String host = connectAddress;
      int colon = host.lastIndexOf(':');
      if (host.startsWith("[") && host.contains("]")) {
        host = host.substring(1, host.indexOf(']'));
      } else if (colon > 0 && host.indexOf(':') == colon) {
        host = host.substring(0, colon);
      }
      return entry.isHostMatch(host, remote.getPort());
    }

    private static void key(KnownHostEntry entry, List<PublicKey> into) {
      try {
        PublicKey key = entry.getKeyEntry().resolvePublicKey(null, null, null);
        if (key != null) {
          into.add(key);
        }
      } catch (IOException | GeneralSecurityException e) {
        // A kind of key that we do not know cannot be the one that the server shows us.
        return;
      }
    }
  }
}
