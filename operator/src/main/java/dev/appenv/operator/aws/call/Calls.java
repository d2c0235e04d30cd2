package dev.appenv.operator.aws.call;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * The clients of one account and region. Reads are retried by the SDK; changes never are, for a
 * repeated create makes a second resource.
 */
public interface Calls {
  /**
   * The client of a service, for calls under this permit only.
   *
   * @param service its interface in the SDK
   */
  <C extends AwsClient> C client(Class<C> service, Permit permit);

  default Ec2Client ec2(Permit permit) {
    return client(Ec2Client.class, permit);
  }

  default IamClient iam(Permit permit) {
    return client(IamClient.class, permit);
  }

  default SesV2Client ses(Permit permit) {
    return client(SesV2Client.class, permit);
  }

  default S3Client s3(Permit permit) {
    return client(S3Client.class, permit);
  }

  default Route53Client route53(Permit permit) {
    return client(Route53Client.class, permit);
  }

  /** The zone in which the account lets environments have DNS records; null for none. */
  default @Nullable String hostedZoneId() {
    return null;
  }

  default ElastiCacheClient elastiCache(Permit permit) {
    return client(ElastiCacheClient.class, permit);
  }

  /** The tags of the services that do not list theirs; only ever read here. */
  default ResourceGroupsTaggingApiClient tagging() {
    return client(ResourceGroupsTaggingApiClient.class, Permit.READ);
  }
}
