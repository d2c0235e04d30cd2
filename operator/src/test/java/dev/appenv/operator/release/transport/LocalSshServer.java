package dev.appenv.operator.release.transport;

import dev.appenv.operator.release.SshKeyPair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * An SSH server on loopback that runs commands in the local shell, with {@code bin} first in PATH.
 */
public final class LocalSshServer implements AutoCloseable {
  private final SshServer server;
  private final AtomicInteger sessions = new AtomicInteger();

  public LocalSshServer(SshKeyPair host, SshKeyPair client, Path bin)
      throws IOException, GeneralSecurityException {
    Files.createDirectories(bin);
    executable(bin.resolve("sudo"), "#!/bin/sh\n[ \"$1\" = -n ] && shift\nexec \"$@\"\n");
    var allowed =
        PublicKeyEntry.parsePublicKeyEntry(client.publicKey()).resolvePublicKey(null, null, null);
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(keyPair(host)));
    server.setPublickeyAuthenticator(
        (user, key, session) -> user.equals("ubuntu") && KeyUtils.compareKeys(key, allowed));
    server.setCommandFactory((channel, command) ->
        new ProcessShellFactory(inPath(bin, command), "/bin/sh").createShell(channel));
    server.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionCreated(Session session) {
            sessions.incrementAndGet();
          }
        });
    server.start();
  }

  private static String inPath(Path bin, String command) {
    return "PATH=" + bin + ":$PATH; export PATH; " + command;
  }

  public static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  private static KeyPair keyPair(SshKeyPair keys) throws IOException, GeneralSecurityException {
    return SecurityUtils.loadKeyPairIdentities(
            null,
            () -> "key",
            new ByteArrayInputStream(keys.privateKey().getBytes(StandardCharsets.UTF_8)),
            null)
        .iterator()
        .next();
  }

  public int port() {
    return server.getPort();
  }

  /** How many connections were ever made. */
  public int sessions() {
    return sessions.get();
  }

  public void dropAll() {
    server.getActiveSessions().forEach(session -> session.close(true));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
