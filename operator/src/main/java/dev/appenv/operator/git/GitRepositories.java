package dev.appenv.operator.git;

import java.time.Duration;
import java.util.SortedMap;

/** Reads repositories. Safe for many threads: one repository is fetched by one thread at a time. */
public final class GitRepositories implements AutoCloseable {

  public GitRepositories(GitSettings settings) {}

  /** All branches with their commits, by short name ({@code main}, {@code feature/x}). */
  public GitResult<SortedMap<String, String>> branches(
      GitRepository repository, Duration notOlderThan) {
    throw new UnsupportedOperationException();
  }

  /**
   * The commit at the tip of a branch.
   *
   * @param notOlderThan an answer to an equal question that was asked at most this long ago serves
   *     too; zero always asks
   */
  public GitResult<String> tip(GitRepository repository, String branch, Duration notOlderThan) {
    throw new UnsupportedOperationException();
  }

  /** The text of one file at one commit. Served from the cache when the commit is there. */
  public GitResult<String> file(GitRepository repository, String commit, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
