package dev.appenv.operator.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.appenv.operator.git.GitResult.Failed;
import dev.appenv.operator.git.GitResult.Found;
import dev.appenv.operator.git.GitResult.Missing;
import dev.appenv.operator.git.GitResult.Reason;
import dev.appenv.operator.git.GitResult.What;
import java.time.Duration;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads repositories. Safe for many threads: one repository is fetched by one thread at a time. */
public final class GitRepositories implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GitRepositories.class);

  /** Answers older than this serve nobody. */
  private static final Duration KEPT = Duration.ofMinutes(15);

  private static final int MOST_KEPT = 10_000;

  private final GitSettings settings;
  private final ConcurrentMap<String, CachedRepository> caches = new ConcurrentHashMap<>();
  private final Cache<GitRepository, Read<SortedMap<String, String>>> listings = reads();
  private final Cache<Tip, Read<String>> tips = reads();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public GitRepositories(GitSettings settings) {
    this.settings = settings;
    IsolatedSystemReader.install();
  }

  private record Tip(GitRepository repository, String branch) {}

  private record Read<T>(long started, CompletableFuture<GitResult<T>> result) {}

  private static <K, T> Cache<K, Read<T>> reads() {
    return Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST_KEPT).build();
  }

  /** All branches with their commits, by short name ({@code main}, {@code feature/x}). */
  public GitResult<SortedMap<String, String>> branches(
      GitRepository repository, Duration notOlderThan) {
    return shared(
        listings, repository, repository, notOlderThan, remote -> new Found<>(remote.branches()));
  }

  /**
   * The commit at the tip of a branch.
   *
   * @param notOlderThan an answer to an equal question that was asked at most this long ago serves
   *     too; zero always asks
   */
  public GitResult<String> tip(GitRepository repository, String branch, Duration notOlderThan) {
    return shared(
        tips,
        new Tip(repository, branch),
        repository,
        notOlderThan,
        remote -> {
          String commit = remote.tip(branch);
          return commit == null
              ? new Missing<>(
                  What.BRANCH,
                  "The repository %s has no branch `%s`: push it, or correct source.branch."
                      .formatted(remote.shown(), branch))
              : new Found<>(commit);
        });
  }

  /** The text of one file at one commit. Served from the cache when the commit is there. */
  public GitResult<String> file(GitRepository repository, String commit, String path) {
    return switch (GitRemote.of(repository, settings.deadline())) {
      case GitRemote.Checked.Bad(Failed<?> failed) -> failed(failed);
      case GitRemote.Checked.Good(GitRemote remote) ->
          withinDeadline(
              remote,
              () ->
                  caches
                      .computeIfAbsent(repository.url(), url -> new CachedRepository(settings, url))
                      .file(remote, commit, path));
    };
  }

  private interface Question<T> {
    GitResult<T> ask(GitRemote remote) throws Exception;
  }

  private <K, T> GitResult<T> shared(
      Cache<K, Read<T>> reads,
      K key,
      GitRepository repository,
      Duration notOlderThan,
      Question<T> question) {
    GitRemote remote;
    switch (GitRemote.of(repository, settings.deadline())) {
      case GitRemote.Checked.Bad(Failed<?> failed) -> {
        return failed(failed);
      }
      case GitRemote.Checked.Good(GitRemote good) -> remote = good;
    }
    long now = System.nanoTime();
    var mine = new Read<T>(now, new CompletableFuture<>());
    Read<T> read =
        reads
            .asMap()
            .compute(
                key,
                (same, last) ->
                    last != null && now - last.started() < notOlderThan.toNanos() ? last : mine);
    if (read.equals(mine)) {
      // On a thread of its own: a caller that is interrupted must not take the answer from the
      // others.
      var _ =
          threads.submit(
              () -> mine.result().complete(withinDeadline(remote, () -> question.ask(remote))));
    }
    try {
      return read.result().get(2 * settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed<>(Reason.OTHER, "Reading " + remote.shown() + " was interrupted.");
    } catch (TimeoutException | ExecutionException e) {
      return GitFailures.tooSlow(remote, settings.deadline());
    }
  }

  /**
   * Sockets of virtual threads close when interrupted, so even a server that drips for ever lets
   * go.
   */
  private <T> GitResult<T> withinDeadline(GitRemote remote, Callable<GitResult<T>> work) {
    Future<GitResult<T>> future = threads.submit(work);
    try {
      return future.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      return GitFailures.tooSlow(remote, settings.deadline());
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      return new Failed<>(Reason.OTHER, "Reading " + remote.shown() + " was interrupted.");
    } catch (ExecutionException e) {
      LOG.debug("reading {} failed", remote.shown(), e.getCause());
      return GitFailures.of(remote, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static <T> GitResult<T> failed(Failed<?> failed) {
    return new Failed<>(failed.reason(), failed.message());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
