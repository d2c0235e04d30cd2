package dev.appenv.operator.plan;

import java.util.Comparator;

/**
 * A limit of AWS's on how much of something may be in an account, or in a region of it.
 *
 * @param service as Service Quotas names it, such as {@code vpc}
 * @param code as Service Quotas names it, such as {@code L-F678F1CE}
 * @param title what is counted, in the plural, such as {@code VPCs}
 * @param standard what AWS documents as the value that an account begins with
 */
public record Quota(String service, String code, String title, long standard)
    implements Comparable<Quota> {
  private static final Comparator<Quota> ORDER =
      Comparator.comparing(Quota::service).thenComparing(Quota::code);

  @Override
  public int compareTo(Quota other) {
    return ORDER.compare(this, other);
  }
}
