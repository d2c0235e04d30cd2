package dev.appenv.operator.aws.call;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A call was not sent, for our own share of AWS's limits is used up. It is the cause of the
 * exception that the SDK throws, which builds that one anew on its way.
 */
final class OverBudgetException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String message;

  private OverBudgetException(String message) {
    super(message);
    this.message = message;
  }

  static SdkException after(Duration waited) {
    var message =
        "the operator's share of AWS's limit on calls is used up for more than %d s; trying again later (APPENV_AWS_SHARE)"
            .formatted(waited.toSeconds());
    return SdkClientException.create(message, new OverBudgetException(message));
  }

  @Override
  public String getMessage() {
    return message;
  }
}
