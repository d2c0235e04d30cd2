package dev.appenv.operator.aws.email;

import dev.appenv.operator.aws.resource.PolicyDocument;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** The only policy of the user: mail by SMTP from one address, and nothing else. */
final class SendingPolicy {
  /** Stands for the user's own account, which is not known before the user is. */
  private static final String OWN = "OWN-ACCOUNT";

  private SendingPolicy() {}

  /** In one text for all that mean the same. */
  static String wanted(String region, Sender sender) {
    return PolicyDocument.canonical(in(OWN, region, sender));
  }

  /**
   * A policy that was read, to be compared with {@link #wanted}.
   *
   * @param account of its user
   */
  static String read(String canonical, String account) {
    return canonical.replace(":" + account + ":", ":" + OWN + ":");
  }

  static String in(String account, String region, Sender sender) {
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "SendFromOneAddress",
          "Effect": "Allow",
          "Action": "ses:SendRawEmail",
          "Resource": [%s],
          "Condition": {"StringEquals": {"ses:FromAddress": "%s"}}
        }
      ]
    }
    """
        .formatted(arns(account, region, sender.identities()), sender.address());
  }

  private static String arns(String account, String region, List<String> identities) {
    return identities.stream()
        .map(identity -> "\"" + arn(account, region, identity) + "\"")
        .collect(Collectors.joining(", "));
  }

  static String arn(String account, String region, String identity) {
    return "arn:%s:ses:%s:%s:identity/%s"
        .formatted(PartitionMetadata.of(Region.of(region)).id(), region, account, identity);
  }
}
