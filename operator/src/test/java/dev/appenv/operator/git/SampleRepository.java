package dev.appenv.operator.git;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/** A repository to be served, in memory. */
public final class SampleRepository {
  public final Repository repository = new InMemoryRepository(new DfsRepositoryDescription("shop"));

  /** Commits these files, and nothing else, on top of a branch. */
  public String commit(String branch, Map<String, String> files) throws IOException {
    try (var inserter = repository.newObjectInserter()) {
      DirCache index = DirCache.newInCore();
      DirCacheBuilder builder = index.builder();
      for (var file : files.entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, Constants.encode(file.getValue())));
        builder.add(entry);
      }
      builder.finish();
      var commit = new CommitBuilder();
      commit.setTreeId(index.writeTree(inserter));
      ObjectId parent = repository.resolve(Constants.R_HEADS + branch);
      if (parent != null) {
        commit.setParentId(parent);
      }
      var who = new PersonIdent("Ann", "ann@example.com");
      commit.setAuthor(who);
      commit.setCommitter(who);
      commit.setMessage("change");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      var update = repository.updateRef(Constants.R_HEADS + branch);
      update.setNewObjectId(id);
      var _ = update.update();
      return id.name();
    }
  }
}
