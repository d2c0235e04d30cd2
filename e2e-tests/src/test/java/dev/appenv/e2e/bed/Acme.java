package dev.appenv.e2e.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who gives out the certificates of public names, as Let's Encrypt does. */
public final class Acme {
  private final Settings settings;

  Acme(Settings settings) {
    this.settings = settings;
  }

  /** The URL that its clients begin with; its own certificate is by the bed's authority. */
  public String directory() {
    return settings.get("BED_ACME_DIRECTORY");
  }

  /** The certificate in which all end that it gives out; new in every bed. */
  public Path root() {
    return settings.path("BED_ACME_ROOT");
  }

  /** A moment in its log. */
  public final class Mark {
    private final long orders = count("Added order ");
    private final long certificates = count("Issued certificate serial ");

    /** How many it was asked for since. */
    public long orders() {
      return count("Added order ") - orders;
    }

    /** How many it gave out since. */
    public long certificates() {
      return count("Issued certificate serial ") - certificates;
    }
  }

  public Mark mark() {
    return new Mark();
  }

  private long count(String event) {
    try (var lines = Files.lines(settings.path("BED_ACME_LOG"))) {
      return lines.filter(line -> line.contains(event)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
