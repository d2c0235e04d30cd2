package dev.appenv.e2e.drift;

import dev.appenv.operator.aws.hand.Hand;
import dev.appenv.operator.aws.hand.Promises;

/**
 * What came of one hand.
 *
 * @param seen whether status named it
 * @param action what the operator did then
 */
record Row(Hand hand, String seen, String action) {
  static final String HEADER =
      "| resource | field | kind | class | seen | action |%n|---|---|---|---|---|---|%n"
          .formatted();

  static final String YES = "yes";
  static final String NO = "no";

  static final String PUT_BACK = "put back";
  static final String REPORTED = "reported, and left";
  static final String LEFT = "left";
  static final String NONE = "none";

  /** What its kind promises. */
  static Row promised(Hand hand) {
    return switch (hand) {
      case Hand.Change _ ->
          new Row(hand, YES, Promises.of(hand).isPutRight() ? PUT_BACK : REPORTED);
      case Hand.Told _ -> new Row(hand, YES, REPORTED);
      case Hand.Left _ -> new Row(hand, NO, LEFT);
      case Hand.Never never -> new Row(hand, "nobody can", NONE + ": " + never.why());
    };
  }

  String line() {
    var promise = Promises.of(hand);
    return "| %s | `%s` | %s | %s | %s | %s |%n"
        .formatted(
            hand.resource(),
            hand.toString().substring(hand.resource().length() + 1),
            promise.kindName(),
            promise.driftClass().label(),
            seen,
            action);
  }
}
