package dev.appenv.operator.aws.identity;

import dev.appenv.operator.aws.resource.PolicyDocument;

/** Who may be the machine's role, and what the role may do. */
final class RolePolicies {
  static final String MACHINES_ONLY =
      """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {"Service": "ec2.amazonaws.com"},
            "Action": "sts:AssumeRole"
          }
        ]
      }
      """;

  private RolePolicies() {}

  /** What the application does with its own bucket, and nothing that changes the bucket itself. */
  static String useOf(String region, String bucket) {
    var arn = PolicyDocument.bucketArn(region, bucket);
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "OwnBucket",
          "Effect": "Allow",
          "Action": "s3:ListBucket",
          "Resource": "%s"
        },
        {
          "Sid": "ObjectsInIt",
          "Effect": "Allow",
          "Action": [
            "s3:GetObject",
            "s3:PutObject",
            "s3:DeleteObject",
            "s3:AbortMultipartUpload"
          ],
          "Resource": "%s/*"
        }
      ]
    }
    """
        .formatted(arn, arn);
  }
}
