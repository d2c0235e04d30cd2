package dev.appenv.operator.git;

import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps Git settings of the machine or the user that the operator happens to run as from having a
 * say.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {
  private IsolatedSystemReader(SystemReader real) {
    super(real);
  }

  /** JGit has one for the whole program. */
  static synchronized void install() {
    SystemReader now = SystemReader.getInstance();
    if (!(now instanceof IsolatedSystemReader)) {
      SystemReader.setInstance(new IsolatedSystemReader(now));
    }
  }

  private static final class Empty extends FileBasedConfig {
    Empty(Config parent, FS fs) {
      super(parent, new java.io.File("/nonexistent/appenv/gitconfig"), fs);
    }

    @Override
    public void load() throws ConfigInvalidException {
      // There is nothing to load.
    }

    @Override
    public void save() {
      // JGit would note measured file system properties here.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Empty(parent, fs);
  }
}
