package dev.appenv.e2e.project;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files of this repository, wherever the tests are started from. */
public final class Repository {
  private static final Path ROOT = root(Path.of("").toAbsolutePath());

  private Repository() {}

  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  private static Path root(Path start) {
    for (var folder = start; folder != null; folder = folder.getParent())
      if (Files.isDirectory(folder.resolve("helm/appenv"))) return folder;
    throw new IllegalStateException(start + " is not in the repository");
  }
}
