package dev.appenv.operator.git;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where repositories are cached, and what is too much.
 *
 * @param cacheDirectory holds one bare repository per URL; may be deleted at any time while nothing
 *     runs
 * @param deadline for one operation as a whole, however slowly the server drips
 * @param maxFileBytes larger files are refused
 */
public record GitSettings(Path cacheDirectory, Duration deadline, int maxFileBytes) {
  public static GitSettings in(Path cacheDirectory) {
    return new GitSettings(cacheDirectory, Duration.ofSeconds(30), 1 << 20);
  }
}
