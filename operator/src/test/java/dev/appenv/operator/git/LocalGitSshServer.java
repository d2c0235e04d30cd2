package dev.appenv.operator.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** Git over SSH on loopback, for one repository and one key. */
final class LocalGitSshServer implements AutoCloseable {
  private final SshServer server = SshServer.setUpDefaultServer();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyPair hostKey;

  LocalGitSshServer(Repository repository, KeyPair hostKey, PublicKey allowed) throws IOException {
    this.hostKey = hostKey;
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, allowed));
    server.setCommandFactory((channel, command) -> new Upload(repository, threads));
    server.start();
  }

  String url() {
    return "ssh://git@127.0.0.1:" + server.getPort() + "/shop.git";
  }

  String knownHosts() throws IOException {
    return knownHosts(hostKey.getPublic());
  }

  String knownHosts(PublicKey key) throws IOException {
    var line = new StringBuilder("[127.0.0.1]:" + server.getPort() + " ");
    PublicKeyEntry.appendPublicKeyEntry(line, key);
    return line + "\n";
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
    threads.shutdownNow();
  }

  private static final class Upload implements Command {
    private final Repository repository;
    private final ExecutorService threads;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;

    Upload(Repository repository, ExecutorService threads) {
      this.repository = repository;
      this.threads = threads;
    }

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      var _ =
          threads.submit(() -> {
            int code = 0;
            try (var pack = new UploadPack(repository)) {
              pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
              String version = environment.getEnv().get("GIT_PROTOCOL");
              if (version != null) {
                pack.setExtraParameters(List.of(version));
              }
              pack.upload(in, out, err);
            } catch (IOException e) {
              code = 1;
            }
            if (exit != null) {
              exit.onExit(code);
            }
          });
    }

    @Override
    public void destroy(ChannelSession channel) {
      // Ends with its streams.
    }
  }
}
