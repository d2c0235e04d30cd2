package dev.appenv.operator.aws.hand;

import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Where somebody with all rights works on what one environment owns. */
public interface Console {
  Ec2Client ec2();

  RdsClient rds();

  ElastiCacheClient elastiCache();

  S3Client s3();

  IamClient iam();

  Route53Client route53();

  SesV2Client sesV2();

  /** The id in AWS of what bears this logical name. */
  String id(String name);

  /** Returns when what was asked for has come about. */
  void settle();
}
