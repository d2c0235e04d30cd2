package dev.appenv.operator.aws.memory;

/**
 * A moment in the operator's dealings with AWS.
 *
 * @param index counts the mutating calls, or the reads, from 0
 * @param service as the SDK names its package, for example {@code ec2}
 * @param operation as AWS names it, for example {@code CreateVpc}
 * @param when before the call reaches AWS, or after it took effect and before its answer is seen
 */
public record CallSite(int index, String service, String operation, boolean mutating, When when) {
  public enum When {
    BEFORE,
    AFTER
  }

  public boolean isBefore() {
    return when == When.BEFORE;
  }

  @Override
  public String toString() {
    return "%s %s #%d".formatted(when == When.BEFORE ? "before" : "after", operation, index);
  }
}
