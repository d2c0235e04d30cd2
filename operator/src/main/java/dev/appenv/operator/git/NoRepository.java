package dev.appenv.operator.git;

import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Repository;

/** An empty repository in memory, for questions that keep nothing. */
final class NoRepository {
  private NoRepository() {}

  static Repository open() {
    return new InMemoryRepository(new DfsRepositoryDescription("none"));
  }
}
