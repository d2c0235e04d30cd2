package dev.appenv.operator.aws.call;

import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The clients of one account and region. Reads are retried by the SDK; changes never are, for a
 * repeated create makes a second resource.
 */
public interface Calls {
  Ec2Client ec2(Permit permit);

  SsmClient ssm();

  /** Who AWS says we are. */
  Identity identity();

  record Identity(String accountId, String arn) {}
}
