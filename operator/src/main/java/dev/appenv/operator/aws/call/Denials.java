package dev.appenv.operator.aws.call;

import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Denials that say what was denied. EC2 may encode what is missing, and S3 say nothing of it; then
 * the call itself tells.
 */
public final class Denials {
  private static final Set<String> CODES =
      Set.of("UnauthorizedOperation", "AccessDenied", "AccessDeniedException");
  private static final Pattern SAYS = Pattern.compile("to perform: \\w+:\\w+");

  /** Different each time, and for a person without meaning. */
  private static final String ENCODED = " Encoded authorization failure.*";

  private Denials() {}

  /** Whether a permission is missing, and not that AWS does not know who calls. */
  static boolean isPermissionMissing(AwsServiceException e) {
    return CODES.contains(Failures.code(e));
  }

  /**
   * The same error, with the actions in its message that the call needs.
   *
   * @param service as the SDK names it
   */
  public static AwsServiceException named(AwsServiceException e, String service, String operation) {
    var details = e.awsErrorDetails();
    if (!isPermissionMissing(e) || isOnTheWay(details.serviceName(), service)) return e;
    var said = details.errorMessage() == null ? "" : details.errorMessage();
    if (SAYS.matcher(said).find()) return e;
    var actions = String.join(", ", IamActions.of(service, operation));
    var message =
        "%s Not allowed to perform: %s"
            .formatted(said.replaceAll(ENCODED, "").replaceAll("(?<=\\w)$", "."), actions);
    return (AwsServiceException)
        e.toBuilder()
            .awsErrorDetails(details.toBuilder().errorMessage(message.strip()).build())
            .build();
  }

  /** Whether not the call was denied, but the role that was to make it. */
  private static boolean isOnTheWay(String denied, String called) {
    return "sts".equalsIgnoreCase(denied) && !"sts".equalsIgnoreCase(called);
  }
}
