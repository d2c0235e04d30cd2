package dev.appenv.operator.aws.call;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Our own share of AWS's limits is used up. It is the cause of the exception that the SDK throws,
 * for that one is built anew on its way.
 */
final class OverBudgetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private OverBudgetException(Duration waited) {
    super(
        "the operator's share of AWS's limit on calls is used up for more than %d s; trying again later (APPENV_AWS_SHARE)"
            .formatted(waited.toSeconds()));
  }

  static SdkException after(Duration waited) {
    var cause = new OverBudgetException(waited);
    return SdkClientException.create(cause.toString(), cause);
  }

  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }

  /** Whether this says that a call was not sent, for there was no room. */
  static boolean caused(Throwable thrown) {
    return thrown.getCause() instanceof OverBudgetException;
  }
}
