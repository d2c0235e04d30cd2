package dev.appenv.operator.git;

import dev.appenv.operator.git.GitResult.Failed;
import dev.appenv.operator.git.GitResult.Found;
import dev.appenv.operator.git.GitResult.Missing;
import dev.appenv.operator.git.GitResult.Reason;
import dev.appenv.operator.git.GitResult.What;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been fetched of one repository: bare, shallow, and thrown away when broken or grown. */
final class CachedRepository {
  static final String REFS = "refs/appenv/";
  private static final Logger LOG = LoggerFactory.getLogger(CachedRepository.class);

  /** Commits kept before starting afresh; a shallow repository of so many is still small. */
  private static final int MOST_COMMITS = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Path directory;
  private final int maxFileBytes;

  CachedRepository(GitSettings settings, String url) {
    this.directory = settings.cacheDirectory().resolve(name(url));
    this.maxFileBytes = settings.maxFileBytes();
  }

  private static String name(String url) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12) + ".git";
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  GitResult<String> file(GitRemote remote, String commit, String path) throws Exception {
    if (!ObjectId.isId(commit)) {
      return new Failed<>(Reason.OTHER, "`%s` is not the full name of a commit.".formatted(commit));
    }
    lock.lockInterruptibly();
    try {
      try {
        return read(remote, commit, path, false);
      } catch (Broken e) {
        LOG.warn("the Git cache of {} is broken and is made again", remote.shown(), e.getCause());
        delete();
        return read(remote, commit, path, true);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is on the disk cannot be read, which says nothing about the server. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(Throwable cause) {
      super(cause);
    }
  }

  private GitResult<String> read(GitRemote remote, String commit, String path, boolean fresh)
      throws Exception {
    try (Repository repository = open()) {
      ObjectId id = ObjectId.fromString(commit);
      if (!has(repository, id)) {
        try {
          remote.fetch(repository, commit);
        } catch (org.eclipse.jgit.errors.TransportException e) {
          // A fetch into a broken repository fails too; only one into an empty one is the server's
          // word.
          if (!fresh && isLocal(e)) {
            throw new Broken(e);
          }
          throw e;
        }
      }
      return content(repository, remote, id, path);
    }
  }

  private static boolean isLocal(Throwable problem) {
    for (Throwable at = problem; at != null; at = at.getCause()) {
      if (at instanceof org.eclipse.jgit.errors.MissingObjectException
          || at instanceof org.eclipse.jgit.errors.CorruptObjectException
          || at instanceof java.nio.file.FileSystemException
          || at instanceof java.io.FileNotFoundException) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Repository repository, ObjectId id) throws Broken {
    try {
      return repository.getObjectDatabase().has(id);
    } catch (IOException | RuntimeException e) {
      throw new Broken(e);
    }
  }

  private GitResult<String> content(
      Repository repository, GitRemote remote, ObjectId commit, String path) throws Broken {
    String at = commit.abbreviate(8).name();
    try (RevWalk walk = new RevWalk(repository)) {
      String plain = path.replaceFirst("^(\\./)+", "").replaceFirst("^/+", "");
      TreeWalk found =
          plain.isEmpty()
              ? null
              : TreeWalk.forPath(repository, plain, walk.parseCommit(commit).getTree());
      if (found == null) {
        return new Missing<>(
            What.FILE,
            "The repository %s has no file `%s` at commit %s: commit it, or correct the path."
                .formatted(remote.shown(), path, at));
      }
      ObjectId object = found.getObjectId(0);
      boolean isFile =
          org.eclipse.jgit.lib.FileMode.REGULAR_FILE.equals(found.getRawMode(0))
              || org.eclipse.jgit.lib.FileMode.EXECUTABLE_FILE.equals(found.getRawMode(0));
      found.close();
      if (!isFile) {
        return new Missing<>(
            What.FILE,
            "`%s` of the repository %s is not a plain file at commit %s: name the file itself."
                .formatted(path, remote.shown(), at));
      }
      ObjectLoader loader = repository.open(object);
      if (loader.getSize() > maxFileBytes) {
        return new Failed<>(
            Reason.OTHER,
            "`%s` of the repository %s has more than %d bytes at commit %s."
                .formatted(path, remote.shown(), maxFileBytes, at));
      }
      return new Found<>(new String(loader.getCachedBytes(maxFileBytes), StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      throw new Broken(e);
    }
  }

  private Repository open() throws IOException, Broken {
    Path config = directory.resolve("config");
    if (!Files.exists(config)) {
      delete();
      return create();
    }
    try {
      File git = directory.toFile();
      Repository repository =
          new FileRepositoryBuilder().setGitDir(git).setBare().setMustExist(true).build();
      if (repository.getRefDatabase().getRefsByPrefix(REFS).size() > MOST_COMMITS) {
        repository.close();
        delete();
        return create();
      }
      return repository;
    } catch (RepositoryNotFoundException e) {
      delete();
      return create();
    } catch (IOException | RuntimeException e) {
      throw new Broken(e);
    }
  }

  private Repository create() throws IOException {
    Files.createDirectories(directory);
    var repository = new FileRepository(directory.toFile());
    repository.create(true);
    // A collection in the background would write here while this is thrown away; even one that
    // finds nothing to do takes a lock first.
    repository.getConfig().setInt("gc", null, "auto", 0);
    repository.getConfig().setBoolean("gc", null, "autoDetach", false);
    repository.getConfig().save();
    return repository;
  }

  private void delete() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> all = Files.walk(directory)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
