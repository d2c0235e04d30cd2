package dev.appenv.operator.aws.memory;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Errors as AWS gives them. */
public final class AwsErrors {
  private AwsErrors() {}

  /** A refusal: HTTP 400 with a code. */
  public static AwsServiceException refused(String code, String message) {
    return error(400, code, message);
  }

  public static AwsServiceException error(int status, String code, String message) {
    return Ec2Exception.builder()
        .statusCode(status)
        .message(message)
        .requestId("00000000-0000-0000-0000-000000000000")
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("Ec2")
                .errorCode(code)
                .errorMessage(message)
                .build())
        .build();
  }

  public static AwsServiceException notFound(String code, String id) {
    return refused(code, "The ID '%s' does not exist".formatted(id));
  }

  static AwsServiceException noSuchRole(String arn) {
    return NoSuchEntityException.builder()
        .statusCode(404)
        .message("no " + arn)
        .awsErrorDetails(
            AwsErrorDetails.builder().serviceName("Iam").errorCode("NoSuchEntity").build())
        .build();
  }

  public static AwsServiceException dependency(String message) {
    return refused("DependencyViolation", message);
  }

  public static AwsServiceException denied() {
    return error(
        403,
        "UnauthorizedOperation",
        "You are not authorized to perform this operation. Encoded authorization failure message: Zm9v");
  }

  /** A denial that names what is missing, as most of AWS's do. */
  public static AwsServiceException denied(String action) {
    return error(
        403,
        "AccessDenied",
        "User: arn:aws:sts::123456789012:assumed-role/appenv/appenv is not authorized to perform: %s on resource: * because no identity-based policy allows the %s action"
            .formatted(action, action));
  }

  public static AwsServiceException throttled() {
    return error(503, "RequestLimitExceeded", "Request limit exceeded.");
  }

  public static AwsServiceException broken() {
    return error(500, "InternalError", "An internal error has occurred");
  }

  /** The connection broke: nobody knows whether the call took effect. */
  public static SdkException lost() {
    return SdkClientException.create("Unable to execute HTTP request: Connection reset");
  }
}
