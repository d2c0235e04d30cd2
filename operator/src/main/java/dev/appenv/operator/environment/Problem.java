package dev.appenv.operator.environment;

/**
 * What keeps something from being as it should be.
 *
 * @param reason CamelCase, stable, as a condition gives it
 * @param message what is wrong, where, and what to do
 * @param needsPerson whether it stays so until somebody does something
 */
record Problem(String reason, String message, boolean needsPerson) {
  static Problem person(String reason, String message) {
    return new Problem(reason, message, true);
  }

  static Problem passing(String reason, String message) {
    return new Problem(reason, message, false);
  }
}
