package dev.appenv.operator.plan;

import java.util.List;

/** Whether a new environment may begin. */
public sealed interface Admission {
  /** As a condition gives it. */
  String REASON = "QuotaExceeded";

  record Granted() implements Admission {}

  /**
   * It waits.
   *
   * @param ahead how many came earlier and wait in the same account and region
   */
  record Queued(List<Shortage> shortages, int ahead) implements Admission {
    public Queued {
      shortages = List.copyOf(shortages);
    }
  }

  /**
   * What does not fit.
   *
   * @param kept for environments that are being made, or came earlier
   */
  record Shortage(Quota quota, Level level, long kept, long wanted) {}
}
