package dev.appenv.operator.aws.storage;

import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

/** Reads a bucket; S3 shows each of its properties by a call of its own. */
final class BucketReader {
  private final S3Client s3;
  private final String bucket;

  BucketReader(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** The bucket, or nothing when S3 says that there is none. */
  Optional<BucketType.LiveBucket> read() {
    try {
      var tags = BucketTags.of(s3, bucket);
      return Optional.of(
          new BucketType.LiveBucket(
              bucket,
              encryption(),
              publicAccessBlock(),
              ownership(),
              versioning(),
              set(() -> s3.getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules())
                  .orElse(List.of())
                  .stream()
                  .map(LifecycleRules::text)
                  .collect(Collectors.toUnmodifiableSet()),
              CorsRules.text(
                  set(() -> s3.getBucketCors(r -> r.bucket(bucket)).corsRules()).orElse(List.of())),
              policy(),
              tags));
    } catch (AwsServiceException e) {
      if (Failures.isNotFound(e)) return Optional.empty();
      throw e;
    }
  }

  private @Nullable String encryption() {
    return set(() -> s3.getBucketEncryption(r -> r.bucket(bucket)))
        .map(answer -> answer.serverSideEncryptionConfiguration())
        .flatMap(configuration -> configuration.rules().stream().findFirst())
        .map(rule -> rule.applyServerSideEncryptionByDefault())
        .map(byDefault -> byDefault.sseAlgorithmAsString())
        .orElse(null);
  }

  private Map<String, String> publicAccessBlock() {
    return set(() -> s3.getPublicAccessBlock(r -> r.bucket(bucket)))
        .map(answer -> answer.publicAccessBlockConfiguration())
        .map(BucketReader::entries)
        .orElse(Map.of());
  }

  private static Map<String, String> entries(PublicAccessBlockConfiguration block) {
    return Map.of(
        "blockPublicAcls", text(block.blockPublicAcls()),
        "ignorePublicAcls", text(block.ignorePublicAcls()),
        "blockPublicPolicy", text(block.blockPublicPolicy()),
        "restrictPublicBuckets", text(block.restrictPublicBuckets()));
  }

  private static String text(@Nullable Boolean flag) {
    return String.valueOf(Boolean.TRUE.equals(flag));
  }

  private @Nullable String ownership() {
    return set(() -> s3.getBucketOwnershipControls(r -> r.bucket(bucket)))
        .map(answer -> answer.ownershipControls())
        .flatMap(controls -> controls.rules().stream().findFirst())
        .map(rule -> rule.objectOwnershipAsString())
        .orElse(null);
  }

  /** One that never had versions is as one that makes none any more. */
  private String versioning() {
    var status = s3.getBucketVersioning(r -> r.bucket(bucket)).status();
    return (status == null ? BucketVersioningStatus.SUSPENDED : status).toString();
  }

  private @Nullable String policy() {
    return set(() -> s3.getBucketPolicy(r -> r.bucket(bucket)).policy())
        .map(PolicyDocument::canonical)
        .orElse(null);
  }

  /** What was set; nothing where S3 says that it never was. */
  static <T> Optional<T> set(Supplier<@Nullable T> read) {
    try {
      return Optional.ofNullable(read.get());
    } catch (AwsServiceException e) {
      if (Failures.isNotSet(e)) return Optional.empty();
      throw e;
    }
  }
}
