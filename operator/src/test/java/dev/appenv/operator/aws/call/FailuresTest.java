package dev.appenv.operator.aws.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appenv.operator.aws.memory.AwsErrors;
import dev.appenv.operator.plan.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  private static Outcome.Cause cause(int status, String code) {
    return Failures.of(AwsErrors.error(status, code, "said")).cause();
  }

  @ParameterizedTest
  @CsvSource({
    "403, UnauthorizedOperation, DENIED",
    "403, AccessDenied, DENIED",
    "400, AccessDeniedException, DENIED",
    "401, AuthFailure, DENIED",
    "403, ExpiredToken, DENIED",
    "401, OptInRequired, DENIED",
    "503, RequestLimitExceeded, THROTTLED",
    "400, Throttling, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "429, TooManyRequestsException, THROTTLED",
    "400, PriorRequestNotComplete, THROTTLED",
    "400, DependencyViolation, DEPENDENCY",
    "400, InvalidChangeBatch, DEPENDENCY",
    "400, InvalidIPAddress.InUse, DEPENDENCY",
    "400, CacheSubnetGroupInUse, DEPENDENCY",
    "400, InvalidReplicationGroupState, DEPENDENCY",
    "400, NodeQuotaForCustomerExceeded, QUOTA",
    "400, ClusterQuotaForCustomerExceeded, QUOTA",
    "400, CacheSubnetGroupQuotaExceeded, QUOTA",
    "400, APICallRateForCustomerExceeded, THROTTLED",
    "400, ReplicationGroupAlreadyExists, REFUSED",
    "400, InsufficientCacheClusterCapacity, REFUSED",
    "400, VpcLimitExceeded, QUOTA",
    "400, AddressLimitExceeded, QUOTA",
    "400, InstanceLimitExceeded, QUOTA",
    "400, InvalidParameterValue, REFUSED",
    "400, InvalidVpcID.NotFound, REFUSED",
    "400, InvalidKeyPair.Duplicate, REFUSED",
    "400, IncorrectInstanceState, REFUSED",
    "500, InternalError, UNCERTAIN",
    "503, Unavailable, UNCERTAIN",
    "400, InvalidDBInstanceState, DEPENDENCY",
    "400, InvalidDBSubnetGroupStateFault, DEPENDENCY",
    "400, InstanceQuotaExceeded, QUOTA",
    "400, SnapshotQuotaExceeded, QUOTA",
    "400, DBInstanceAlreadyExists, REFUSED",
    "500, '', UNCERTAIN",
    "400, '', UNCERTAIN",
  })
  void a_code_means(int status, String code, Outcome.Cause expected) {
    assertThat(cause(status, code)).isEqualTo(expected);
  }

  @Test
  void no_answer_is_uncertain() {
    assertThat(Failures.of(AwsErrors.lost()))
        .isEqualTo(
            new Outcome.Failed(
                Outcome.Cause.UNCERTAIN,
                "AWS did not answer: Unable to execute HTTP request: Connection reset; trying again"));
  }

  @Test
  void an_account_that_cannot_be_used_is_denied_in_its_own_words() {
    assertThat(Failures.of(new AwsClients.AccountUnavailable("AwsAccount dev is not there")))
        .isEqualTo(new Outcome.Failed(Outcome.Cause.DENIED, "AwsAccount dev is not there"));
  }

  @Test
  void an_error_of_our_own_is_not_taken_for_one_of_aws() {
    var bug = new IllegalStateException("bug");
    assertThatThrownBy(() -> Failures.of(bug)).isSameAs(bug);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InvalidVpcID.NotFound",
        "InvalidSubnetID.NotFound",
        "InvalidGroup.NotFound",
        "InvalidInstanceID.NotFound",
        "InvalidAllocationID.NotFound",
        "InvalidKeyPair.NotFound",
        "InvalidRouteTableID.NotFound",
        "InvalidInternetGatewayID.NotFound",
        "DBInstanceNotFound",
        "DBSubnetGroupNotFoundFault",
        "NoSuchBucket",
        "ReplicationGroupNotFoundFault",
        "CacheSubnetGroupNotFoundFault",
        "CacheClusterNotFound"
      })
  void only_an_explicit_code_says_that_a_thing_is_gone(String code) {
    assertThat(Failures.isNotFound(AwsErrors.refused(code, "gone"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NotFound",
        "NoSuchBucketPolicy",
        "NoSuchKey",
        "UnauthorizedOperation",
        "InvalidVpcID.Malformed",
        "DBSnapshotNotFound",
        "InternalError"
      })
  void everything_else_does_not(String code) {
    assertThat(Failures.isNotFound(AwsErrors.error(404, code, "gone"))).isFalse();
  }

  @Test
  void a_message_is_the_same_each_time() {
    var one =
        AwsErrors.error(
            403,
            "UnauthorizedOperation",
            "Not authorized. Encoded authorization failure message: AbC1");
    var other =
        AwsErrors.error(
            403,
            "UnauthorizedOperation",
            "Not authorized. Encoded authorization failure message: XyZ2");
    assertThat(Failures.of(one)).isEqualTo(Failures.of(other));
  }

  @Test
  void a_message_says_what_to_do() {
    assertThat(Failures.of(AwsErrors.denied()).message())
        .isEqualTo(
            "Ec2 denied the call (UnauthorizedOperation: You are not authorized to perform this operation.); give the operator's role the permission");
    assertThat(Failures.of(AwsErrors.throttled()).message())
        .isEqualTo("Ec2 throttles (RequestLimitExceeded); trying again later");
    assertThat(Failures.of(AwsErrors.broken()).message())
        .isEqualTo("Ec2 failed with HTTP 500 InternalError; trying again");
    assertThat(Failures.of(AwsErrors.refused("VpcLimitExceeded", "5 VPCs")).message())
        .isEqualTo("Ec2: 5 VPCs (VpcLimitExceeded); raise the quota or remove what is not needed");
  }

  @Test
  void a_bucket_that_is_not_empty_may_be_tried_again() {
    var failure = Failures.of(AwsErrors.error(409, "BucketNotEmpty", "It is not empty"));
    assertThat(failure)
        .isEqualTo(
            new Outcome.Failed(Outcome.Cause.DEPENDENCY, "Ec2: It is not empty (BucketNotEmpty)"));
  }

  @Test
  void a_message_has_no_request_id() {
    var said = "No. (Service: Ec2, Status Code: 400, Request ID: 1234)";
    assertThat(Failures.of(AwsErrors.refused("InvalidParameterValue", said)).message())
        .isEqualTo("Ec2: No. (InvalidParameterValue)");
  }
}
