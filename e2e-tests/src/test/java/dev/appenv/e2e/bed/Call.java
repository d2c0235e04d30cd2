package dev.appenv.e2e.bed;

import java.time.Instant;

/**
 * One call of AWS as the emulator's log has it.
 *
 * @param status 0: no answer was given
 */
public record Call(
    Instant time,
    String service,
    String action,
    boolean mutating,
    int status,
    String caller,
    String region) {
  public boolean succeeded() {
    return status >= 200 && status < 300;
  }

  boolean isOfOperator() {
    return caller.startsWith(Operator.ACCESS_KEY);
  }
}
