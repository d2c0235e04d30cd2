package dev.appenv.operator.aws.storage;

import dev.appenv.operator.aws.resource.PolicyDocument;

/** The only policy of a bucket: no request that is not encrypted on its way. */
final class BucketPolicy {
  private BucketPolicy() {}

  static String tlsOnly(String region, String bucket) {
    var arn = PolicyDocument.bucketArn(region, bucket);
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "TlsOnly",
          "Effect": "Deny",
          "Principal": "*",
          "Action": "s3:*",
          "Resource": ["%s", "%s/*"],
          "Condition": {"Bool": {"aws:SecureTransport": "false"}}
        }
      ]
    }
    """
        .formatted(arn, arn);
  }
}
