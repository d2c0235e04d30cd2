package dev.appenv.operator.aws.call;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which IAM actions a call needs: most often the one of its own name. What differs is listed here,
 * as the Service Authorization Reference has it.
 */
public final class IamActions {
  private static final Map<String, String> PREFIXES =
      Map.of("resourcegroupstaggingapi", "tag", "sesv2", "ses");

  /** Where the action has another name than the operation; none where none is needed. */
  private static final Map<String, List<String>> NAMED_OTHERWISE =
      Map.ofEntries(
          Map.entry("s3:DeleteBucketCors", List.of("s3:PutBucketCORS")),
          Map.entry("s3:DeleteBucketEncryption", List.of("s3:PutEncryptionConfiguration")),
          Map.entry("s3:DeleteBucketLifecycle", List.of("s3:PutLifecycleConfiguration")),
          Map.entry("s3:DeleteObjects", List.of("s3:DeleteObject", "s3:DeleteObjectVersion")),
          Map.entry("s3:GetBucketCors", List.of("s3:GetBucketCORS")),
          Map.entry("s3:GetBucketEncryption", List.of("s3:GetEncryptionConfiguration")),
          Map.entry("s3:GetBucketLifecycleConfiguration", List.of("s3:GetLifecycleConfiguration")),
          Map.entry("s3:GetPublicAccessBlock", List.of("s3:GetBucketPublicAccessBlock")),
          Map.entry("s3:HeadBucket", List.of("s3:ListBucket")),
          Map.entry("s3:ListBuckets", List.of("s3:ListAllMyBuckets")),
          Map.entry("s3:ListMultipartUploads", List.of("s3:ListBucketMultipartUploads")),
          Map.entry("s3:ListObjectVersions", List.of("s3:ListBucketVersions")),
          Map.entry("s3:PutBucketCors", List.of("s3:PutBucketCORS")),
          Map.entry("s3:PutBucketEncryption", List.of("s3:PutEncryptionConfiguration")),
          Map.entry("s3:PutBucketLifecycleConfiguration", List.of("s3:PutLifecycleConfiguration")),
          Map.entry("s3:PutPublicAccessBlock", List.of("s3:PutBucketPublicAccessBlock")),
          Map.entry("sts:GetCallerIdentity", List.of()));

  private static final List<String> EC2_TAGS = List.of("ec2:CreateTags");
  private static final List<String> RDS_TAGS = List.of("rds:AddTagsToResource");
  private static final List<String> RDS_TAGS_AND_ROLE =
      List.of("rds:AddTagsToResource", "iam:CreateServiceLinkedRole");

  /** What AWS asks for besides: it checks these for tags and roles in the same call. */
  private static final Map<String, List<String>> AS_WELL =
      Map.ofEntries(
          Map.entry("ec2:AllocateAddress", EC2_TAGS),
          Map.entry("ec2:AssociateIamInstanceProfile", List.of("iam:PassRole")),
          Map.entry("ec2:CreateInternetGateway", EC2_TAGS),
          Map.entry("ec2:CreateRouteTable", EC2_TAGS),
          Map.entry("ec2:CreateSecurityGroup", EC2_TAGS),
          Map.entry("ec2:CreateSubnet", EC2_TAGS),
          Map.entry("ec2:CreateVpc", EC2_TAGS),
          Map.entry("ec2:ImportKeyPair", EC2_TAGS),
          Map.entry("ec2:ReplaceIamInstanceProfileAssociation", List.of("iam:PassRole")),
          Map.entry("ec2:RunInstances", List.of("ec2:CreateTags", "iam:PassRole")),
          Map.entry("elasticache:CreateCacheSubnetGroup", List.of("elasticache:AddTagsToResource")),
          Map.entry(
              "elasticache:CreateReplicationGroup",
              List.of("elasticache:AddTagsToResource", "iam:CreateServiceLinkedRole")),
          Map.entry("iam:AddRoleToInstanceProfile", List.of("iam:PassRole")),
          Map.entry("iam:CreateInstanceProfile", List.of("iam:TagInstanceProfile")),
          Map.entry("iam:CreateRole", List.of("iam:TagRole")),
          Map.entry("rds:CreateDBInstance", RDS_TAGS_AND_ROLE),
          Map.entry("rds:CreateDBParameterGroup", RDS_TAGS),
          Map.entry("rds:CreateDBSubnetGroup", RDS_TAGS),
          // The final snapshot, with the tags of what it is of.
          Map.entry(
              "rds:DeleteDBInstance", List.of("rds:CreateDBSnapshot", "rds:AddTagsToResource")),
          Map.entry("rds:RestoreDBInstanceFromDBSnapshot", RDS_TAGS_AND_ROLE),
          Map.entry("s3:CreateBucket", List.of("s3:TagResource")));

  private IamActions() {}

  /**
   * The actions that a call needs, its own first.
   *
   * @param service as the SDK names it, in a client or in its package
   */
  public static List<String> of(String service, String operation) {
    var name = service.toLowerCase(Locale.ROOT).replace(" ", "");
    var own = PREFIXES.getOrDefault(name, name) + ":" + operation;
    return Stream.concat(
            NAMED_OTHERWISE.getOrDefault(own, List.of(own)).stream(),
            AS_WELL.getOrDefault(own, List.of()).stream())
        .collect(Collectors.toUnmodifiableList());
  }
}
