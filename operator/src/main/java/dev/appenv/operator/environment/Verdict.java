package dev.appenv.operator.environment;

/**
 * The state of one condition before it is merged with what was there.
 *
 * @param status True, False or Unknown
 */
record Verdict(String status, String reason, String message) {
  static final String TRUE = "True";
  static final String FALSE = "False";
  static final String UNKNOWN = "Unknown";

  static Verdict yes(String reason, String message) {
    return new Verdict(TRUE, reason, message);
  }

  static Verdict no(String reason, String message) {
    return new Verdict(FALSE, reason, message);
  }

  static Verdict unknown(String reason, String message) {
    return new Verdict(UNKNOWN, reason, message);
  }

  static Verdict no(Problem problem) {
    return no(problem.reason(), problem.message());
  }

  boolean isTrue() {
    return status.equals(TRUE);
  }
}
