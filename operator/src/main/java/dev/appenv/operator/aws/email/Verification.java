package dev.appenv.operator.aws.email;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsType;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sesv2.model.GetEmailIdentityResponse;
import software.amazon.awssdk.services.sesv2.model.IdentityType;
import software.amazon.awssdk.services.sesv2.model.VerificationStatus;

/**
 * How far AWS is with the verification of an identity, whoever's it is.
 *
 * @param domain whether it is that of a domain, and not of one address
 * @param done whether AWS sends from it
 * @param givenUp whether AWS does not look any more
 * @param dkimTokens by which AWS verifies a domain
 */
record Verification(
    String identity, boolean domain, boolean done, boolean givenUp, List<String> dkimTokens) {
  Verification {
    dkimTokens = List.copyOf(dkimTokens);
  }

  static Verification of(String identity, GetEmailIdentityResponse found) {
    var dkim = found.dkimAttributes();
    return new Verification(
        identity,
        found.identityType() != IdentityType.EMAIL_ADDRESS,
        Boolean.TRUE.equals(found.verifiedForSendingStatus()),
        found.verificationStatus() == VerificationStatus.FAILED,
        dkim == null ? List.of() : dkim.tokens());
  }

  /** What SES says of the identity of this name; nothing when it says that there is none. */
  static Optional<GetEmailIdentityResponse> read(Calls aws, String identity) {
    try {
      var found = aws.ses(Permit.READ).getEmailIdentity(r -> r.emailIdentity(identity));
      if (found.identityTypeAsString() == null) throw new AwsType.EmptyAnswer(identity);
      return Optional.of(found);
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }
}
