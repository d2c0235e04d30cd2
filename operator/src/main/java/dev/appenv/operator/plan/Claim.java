package dev.appenv.operator.plan;

import java.time.Instant;
import java.util.Comparator;

/**
 * What an environment wants to take, and since when it exists.
 *
 * @param path {@code namespace/name}
 */
public record Claim(String uid, Instant created, String path, Demand demand)
    implements Comparable<Claim> {
  private static final Comparator<Claim> ORDER =
      Comparator.comparing(Claim::created).thenComparing(Claim::path);

  /** The older first. */
  @Override
  public int compareTo(Claim other) {
    return ORDER.compare(this, other);
  }
}
