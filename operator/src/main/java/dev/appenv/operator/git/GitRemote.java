package dev.appenv.operator.git;

import dev.appenv.operator.git.GitResult.Failed;
import dev.appenv.operator.git.GitResult.Reason;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.jspecify.annotations.Nullable;

/** The server's end of one repository, with a URL and credentials that fit each other. */
final class GitRemote {
  private final URIish uri;
  private final GitAccess access;
  private final Duration timeout;
  private volatile boolean hostKeyRefused;

  private GitRemote(URIish uri, GitAccess access, Duration timeout) {
    this.uri = uri;
    this.access = access;
    this.timeout = timeout;
  }

  sealed interface Checked {
    record Good(GitRemote remote) implements Checked {}

    record Bad(Failed<?> failed) implements Checked {}
  }

  static Checked of(GitRepository repository, Duration timeout) {
    URIish uri;
    try {
      uri = new URIish(repository.url());
    } catch (URISyntaxException e) {
      // Its text may hold a password.
      return bad("The repository's URL cannot be read: correct source.repository.");
    }
    String scheme = scheme(uri);
    boolean http = scheme.equals("http") || scheme.equals("https");
    if (uri.getPass() != null || (http && uri.getUser() != null)) {
      return bad(
          "The repository's URL holds a user name or password: take it out and name a Secret in source.credentialsSecretRef.");
    }
    // `helper::address` would be read as a host and a path.
    boolean odd = repository.url().contains("::") || repository.url().matches(".*\\s.*");
    if (odd || uri.getHost() == null || !(http || scheme.equals("ssh"))) {
      return bad(
          "The repository's URL must begin with https:// or ssh://, or have the form git@host:path: correct source.repository.");
    }
    boolean key = repository.access() instanceof GitAccess.SshKey;
    if (key && http) {
      return bad(
          "The credentials are an SSH key, but %s is not reached by SSH: give a user name and password."
              .formatted(uri));
    }
    if (!key && !http) {
      return bad(
          "The repository %s is reached by SSH: give a private key and known_hosts."
              .formatted(uri));
    }
    return new Checked.Good(new GitRemote(uri, repository.access(), timeout));
  }

  private static String scheme(URIish uri) {
    // git@host:path has none.
    return uri.getScheme() == null
        ? (uri.getHost() == null ? "" : "ssh")
        : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static Checked bad(String message) {
    return new Checked.Bad(new Failed<>(Reason.INVALID_URL, message));
  }

  /** The URL, which holds no secret, or it would have been refused. */
  String shown() {
    return uri.toString();
  }

  boolean hostKeyRefused() {
    return hostKeyRefused;
  }

  GitAccess access() {
    return access;
  }

  @Nullable String tip(String branch) throws Exception {
    String name = Constants.R_HEADS + branch;
    try (Repository none = NoRepository.open();
        Wire wire = wire(none);
        // Servers that can, send only the refs that begin so.
        var connection = wire.transport.openFetch(List.of(), name)) {
      Ref ref = connection.getRef(name);
      return ref == null || ref.getObjectId() == null ? null : ref.getObjectId().name();
    }
  }

  SortedMap<String, String> branches() throws Exception {
    var branches = new TreeMap<String, String>();
    try (Repository none = NoRepository.open();
        Wire wire = wire(none);
        var connection = wire.transport.openFetch(List.of(), Constants.R_HEADS)) {
      for (Ref ref : connection.getRefs()) {
        if (ref.getName().startsWith(Constants.R_HEADS) && ref.getObjectId() != null) {
          branches.put(
              ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId().name());
        }
      }
    }
    return branches;
  }

  /** One commit without its history. */
  void fetch(Repository into, String commit) throws Exception {
    try (Wire wire = wire(into)) {
      wire.transport.setDepth(1);
      wire.transport.setTagOpt(TagOpt.NO_TAGS);
      var _ =
          wire.transport.fetch(
              NullProgressMonitor.INSTANCE,
              List.of(new RefSpec(commit + ":" + CachedRepository.REFS + commit)));
    }
  }

  /** A transport and what it needs closed after it. */
  private record Wire(Transport transport, @Nullable SshLogin login) implements AutoCloseable {
    @Override
    public void close() {
      transport.close();
      if (login != null) {
        login.close();
      }
    }
  }

  private Wire wire(Repository repository) throws Exception {
    Transport transport = Transport.open(repository, uri);
    transport.setTimeout((int) Math.max(1, timeout.toSeconds()));
    return switch (access) {
      case GitAccess.Anonymous() -> new Wire(transport, null);
      case GitAccess.Basic(String username, String password) -> {
        transport.setCredentialsProvider(
            new UsernamePasswordCredentialsProvider(username, password));
        yield new Wire(transport, null);
      }
      case GitAccess.SshKey key -> {
        SshLogin login;
        try {
          login = SshLogin.with(key, () -> hostKeyRefused = true);
        } catch (IOException e) {
          transport.close();
          throw e;
        }
        ((SshTransport) transport).setSshSessionFactory(login.factory());
        yield new Wire(transport, login);
      }
    };
  }
}
