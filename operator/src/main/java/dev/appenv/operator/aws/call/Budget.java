package dev.appenv.operator.aws.call;

/**
 * AWS's limits on calls of a kind, per account and region: a bucket that refills. As documented for
 * EC2 in "Request throttling for the Amazon EC2 API".
 */
public enum Budget {
  READ(100, 20),
  CHANGE(50, 5),
  RUN_INSTANCES(5, 2);

  private final int size;
  private final int perSecond;

  Budget(int size, int perSecond) {
    this.size = size;
    this.perSecond = perSecond;
  }

  long size(double share) {
    return atLeastOne(size * share);
  }

  long perSecond(double share) {
    return atLeastOne(perSecond * share);
  }

  private static long atLeastOne(double calls) {
    return Math.max(1, Math.round(calls));
  }

  static Budget of(String operation) {
    if (operation.equals("RunInstances") || operation.equals("StartInstances"))
      return RUN_INSTANCES;
    return operation.startsWith("Describe") || operation.startsWith("Get") ? READ : CHANGE;
  }
}
