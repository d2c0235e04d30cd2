package dev.appenv.operator.aws.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.memory.AwsErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.model.StsException;

class DenialsTest {
  private static String message(RuntimeException e) {
    return Failures.of(e).message();
  }

  @Test
  void what_the_call_needs_is_named_with_what_aws_asks_for_besides() {
    assertThat(message(Denials.named(AwsErrors.denied(), "Ec2", "RunInstances")))
        .endsWith(
            "Not allowed to perform: ec2:RunInstances, ec2:CreateTags, iam:PassRole); give the operator's role the permission");
  }

  @Test
  void what_aws_names_itself_stays_as_it_is() {
    var denial = AwsErrors.denied("iam:PassRole");
    assertThat(Denials.named(denial, "Ec2", "RunInstances")).isSameAs(denial);
  }

  @Test
  void a_denial_without_a_word_is_told_with_the_permission_that_has_another_name() {
    var denial =
        S3Exception.builder()
            .statusCode(403)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("S3")
                    .errorCode("AccessDenied")
                    .errorMessage("Access Denied")
                    .build())
            .build();
    var named = Denials.named(denial, "S3", "GetBucketEncryption");
    assertThat(named).isInstanceOf(S3Exception.class);
    assertThat(named.statusCode()).isEqualTo(403);
    assertThat(message(named))
        .isEqualTo(
            "S3 denied the call (AccessDenied: Access Denied. Not allowed to perform: s3:GetEncryptionConfiguration); give the operator's role the permission");
  }

  @Test
  void what_was_denied_on_the_way_to_a_call_is_not_taken_for_it() {
    var denial =
        StsException.builder()
            .statusCode(403)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Sts")
                    .errorCode("AccessDenied")
                    .errorMessage("no")
                    .build())
            .build();
    assertThat(Denials.named(denial, "Ec2", "RunInstances")).isSameAs(denial);
  }

  @Test
  void other_errors_stay_as_they_are() {
    var error =
        NoSuchEntityException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchEntity").build())
            .build();
    assertThat(Denials.named(error, "Iam", "GetRole")).isSameAs(error);
  }

  @Test
  void where_aws_does_not_know_us_no_permission_helps() {
    assertThat(message(AwsErrors.error(401, "AuthFailure", "not valid")))
        .isEqualTo(
            "Ec2 denied the call (AuthFailure: not valid); look at the operator's credentials");
  }

  @ParameterizedTest
  @CsvSource({
    "Ec2, DeleteVpc, ec2:DeleteVpc",
    "ElastiCache, ModifyReplicationGroup, elasticache:ModifyReplicationGroup",
    "Resource Groups Tagging API, GetResources, tag:GetResources",
    "resourcegroupstaggingapi, GetResources, tag:GetResources",
    "SESv2, GetEmailIdentity, ses:GetEmailIdentity",
    "S3, ListBuckets, s3:ListAllMyBuckets",
  })
  void an_action_is_named_for_its_call(String service, String operation, String action) {
    assertThat(IamActions.of(service, operation)).containsExactly(action);
  }

  @Test
  void asking_who_we_are_needs_no_permission() {
    assertThat(IamActions.of("Sts", "GetCallerIdentity")).isEmpty();
  }
}
