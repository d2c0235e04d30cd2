package dev.appenv.operator.aws.call;

import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Outcome.Cause;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What AWS's errors mean, in one place. Only an explicit code says that a thing is not there. */
public final class Failures {
  private static final String BUCKET_NOT_EMPTY = "BucketNotEmpty";
  private static final Set<String> DENIED =
      Set.of(
          "UnauthorizedOperation",
          "AccessDenied",
          "AccessDeniedException",
          "AuthFailure",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "ExpiredToken",
          "ExpiredTokenException",
          "OptInRequired",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final Set<String> DEPENDENCY =
      Set.of(
          "DependencyViolation",
          "InvalidIPAddress.InUse",
          "ResourceInUse",
          // RDS is still at work on it, or something of it is still there.
          "InvalidDBInstanceState",
          "InvalidDBSubnetGroupStateFault",
          "InvalidDBParameterGroupState",
          "InvalidDBSnapshotState",
          BUCKET_NOT_EMPTY,
          "OperationAborted",
          "DeleteConflict",
          "ConcurrentModification",
          "ConcurrentModificationException",
          "CacheSubnetGroupInUse",
          // A DNS record is not any more as it was when it was read.
          "InvalidChangeBatch",
          "SubnetInUse",
          "InvalidCacheClusterState",
          "InvalidReplicationGroupState",
          "InvalidVPCNetworkStateFault");

  /** EC2's all end in {@code .NotFound}. */
  private static final Set<String> NOT_FOUND =
      Set.of(
          "CacheClusterNotFound",
          "CacheSubnetGroupNotFoundFault",
          "DBInstanceNotFound",
          "DBParameterGroupNotFound",
          "DBSubnetGroupNotFoundFault",
          "NoSuchBucket",
          "NoSuchEntity",
          "NoSuchHostedZone",
          "NotFoundException",
          "ReplicationGroupNotFoundFault");

  private static final Set<String> NOT_SET =
      Set.of(
          "NoSuchBucketPolicy",
          "NoSuchCORSConfiguration",
          "NoSuchLifecycleConfiguration",
          "NoSuchPublicAccessBlockConfiguration",
          "NoSuchTagSet",
          "OwnershipControlsNotFoundError",
          "ServerSideEncryptionConfigurationNotFoundError");
  private static final Set<String> NAME_TAKEN =
      Set.of("AlreadyExistsException", "BucketAlreadyExists", "BucketAlreadyOwnedByYou");
  private static final String WHAT_TO_DO_IF_TAKEN =
      "; delete it, or set spec.lifecycle.adopt: true if this environment left it behind";
  private static final Set<String> THROTTLED =
      Set.of(
          "RequestLimitExceeded",
          "APICallRateForCustomerExceeded",
          // Route 53 takes one batch of changes to a zone at a time.
          "PriorRequestNotComplete");
  private static final Set<String> QUOTA =
      Set.of(
          "CacheSubnetGroupQuotaExceeded",
          "ClusterQuotaForCustomerExceeded",
          "NodeQuotaForClusterExceeded",
          "NodeQuotaForCustomerExceeded",
          "SnapshotQuotaExceededFault",
          "TagQuotaPerResourceExceeded");

  private Failures() {}

  public static boolean isNotFound(AwsServiceException e) {
    return code(e).endsWith(".NotFound") || NOT_FOUND.contains(code(e));
  }

  /** The thing is there, and what was asked for was never set on it. */
  public static boolean isNotSet(AwsServiceException e) {
    return NOT_SET.contains(code(e));
  }

  /** Objects are in what was to be deleted. */
  public static boolean isNotEmpty(AwsServiceException e) {
    return code(e).equals(BUCKET_NOT_EMPTY);
  }

  /** Something of it is still there, or uses it. */
  public static boolean isInUse(AwsServiceException e) {
    return DEPENDENCY.contains(code(e));
  }

  public static String code(AwsServiceException e) {
    var details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  public static Outcome.Failed of(RuntimeException e) {
    return switch (e) {
      case AwsClients.AccountUnavailable a ->
          new Outcome.Failed(Cause.DENIED, String.valueOf(a.getMessage()));
      case AwsServiceException s -> new Outcome.Failed(cause(s), message(s));
      case SdkException s when s.getCause() instanceof OverBudgetException cause ->
          new Outcome.Failed(Cause.THROTTLED, cause.getMessage());
      case SdkException s ->
          new Outcome.Failed(
              Cause.UNCERTAIN,
              "AWS did not answer: "
                  + firstLine(String.valueOf(s.getMessage()))
                  + "; trying again");
      default -> throw e;
    };
  }

  private static Cause cause(AwsServiceException e) {
    var code = code(e);
    if (e.isThrottlingException() || THROTTLED.contains(code)) return Cause.THROTTLED;
    if (DENIED.contains(code)) return Cause.DENIED;
    if (DEPENDENCY.contains(code) || isProfileAwaited(e)) return Cause.DEPENDENCY;
    if (QUOTA.contains(code)
        || code.endsWith("LimitExceeded")
        || code.equals("LimitExceededException")
        || code.contains("QuotaExceeded")
        || code.equals("TooManyBuckets")
        || code.startsWith("MaxConfigLimit")) return Cause.QUOTA;
    return e.statusCode() >= 500 || code.isEmpty() ? Cause.UNCERTAIN : Cause.REFUSED;
  }

  /** EC2 sees an instance profile, and the role in it, some seconds after IAM made it. */
  private static boolean isProfileAwaited(AwsServiceException e) {
    var details = e.awsErrorDetails();
    return code(e).equals("InvalidParameterValue")
        && String.valueOf(details == null ? null : details.errorMessage())
            .toLowerCase(Locale.ROOT)
            .contains("iam instance profile");
  }

  private static String message(AwsServiceException e) {
    var details = e.awsErrorDetails();
    var said = details == null || details.errorMessage() == null ? "" : details.errorMessage();
    var service = details == null || details.serviceName() == null ? "AWS" : details.serviceName();
    return switch (cause(e)) {
      case DENIED ->
          "%s denied the call (%s: %s); %s"
              .formatted(
                  service,
                  code(e),
                  firstLine(said),
                  Denials.isPermissionMissing(e)
                      ? "give the operator's role the permission"
                      : "look at the operator's credentials");
      case THROTTLED -> service + " throttles (" + code(e) + "); trying again later";
      case QUOTA ->
          "%s: %s (%s); raise the quota or remove what is not needed"
              .formatted(service, firstLine(said), code(e));
      case UNCERTAIN ->
          "%s failed with HTTP %d %s; trying again"
              .formatted(service, e.statusCode(), code(e))
              .replace("  ", " ");
      case REFUSED ->
          "%s: %s (%s)".formatted(service, firstLine(said), code(e))
              + (NAME_TAKEN.contains(code(e)) ? WHAT_TO_DO_IF_TAKEN : "");
      case DEPENDENCY, IN_USE -> "%s: %s (%s)".formatted(service, firstLine(said), code(e));
    };
  }

  /**
   * The encoded authorization message of a denial is different each time and says nothing to a
   * person.
   */
  private static String firstLine(String text) {
    var line =
        text.lines().findFirst().orElse("").replaceAll(" Encoded authorization failure.*", "");
    return line.replaceAll("\\s*\\(Service: .*", "").strip();
  }
}
