package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import java.util.List;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/** Somebody works on the bucket. */
public final class StorageHands {
  private static final String BUCKET = "storage.bucket";

  static final List<Hand> ALL =
      List.of(
          new Change(BUCKET, "tags", "Name", StorageHands::rename),
          new Change(BUCKET, "publicAccessBlock", "blockPublicAcls", StorageHands::allowPublicAcls),
          new Change(BUCKET, "objectOwnership", StorageHands::allowObjectsOfOthers),
          new Change(BUCKET, "policy", StorageHands::makePublic),
          new Change(BUCKET, "cors", StorageHands::allowAllOrigins),
          new Change(
              BUCKET,
              "encryption",
              c -> c.s3().deleteBucketEncryption(r -> r.bucket(c.id(BUCKET)))),
          new Change(
              BUCKET,
              "versioning",
              c ->
                  c.s3()
                      .putBucketVersioning(r ->
                          r.bucket(c.id(BUCKET))
                              .versioningConfiguration(
                                  v -> v.status(BucketVersioningStatus.SUSPENDED)))),
          new Change(
              BUCKET,
              "lifecycle",
              "all objects, older versions expire after 30 d, uploads end after 7 d",
              c -> c.s3().deleteBucketLifecycle(r -> r.bucket(c.id(BUCKET)))),
          new Change(BUCKET, "S3 bucket", StorageHands::delete));

  private StorageHands() {}

  public static void delete(Console c) {
    c.s3().deleteBucket(r -> r.bucket(c.id(BUCKET)));
  }

  public static void policy(Console c, String policy) {
    c.s3().putBucketPolicy(r -> r.bucket(c.id(BUCKET)).policy(policy));
  }

  private static void makePublic(Console c) {
    policy(
        c,
        "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::%s/*\"}}"
            .formatted(c.id(BUCKET)));
  }

  private static void allowPublicAcls(Console c) {
    c.s3()
        .putPublicAccessBlock(r ->
            r.bucket(c.id(BUCKET))
                .publicAccessBlockConfiguration(b ->
                    b.blockPublicAcls(false)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)));
  }

  private static void allowObjectsOfOthers(Console c) {
    c.s3()
        .putBucketOwnershipControls(r ->
            r.bucket(c.id(BUCKET))
                .ownershipControls(
                    o -> o.rules(rule -> rule.objectOwnership(ObjectOwnership.OBJECT_WRITER))));
  }

  private static void allowAllOrigins(Console c) {
    c.s3()
        .putBucketCors(r ->
            r.bucket(c.id(BUCKET))
                .corsConfiguration(
                    o -> o.corsRules(rule -> rule.allowedOrigins("*").allowedMethods("GET"))));
  }

  private static void rename(Console c) {
    var tags =
        c.s3().getBucketTagging(r -> r.bucket(c.id(BUCKET))).tagSet().stream()
            .map(tag -> tag.key().equals("Name") ? tag.toBuilder().value("mine now").build() : tag)
            .toList();
    c.s3().putBucketTagging(r -> r.bucket(c.id(BUCKET)).tagging(t -> t.tagSet(tags)));
  }
}
