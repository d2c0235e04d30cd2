package dev.appenv.operator.aws.storage;

import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is in a bucket and has to go before the bucket can. */
final class BucketContents {
  /** As many as AWS takes in one call. */
  private static final int BATCH = 1000;

  /** A pass must not last: what is left then goes in the next. */
  private static final int BATCHES = 10;

  private static final int UPLOADS = 100;

  private BucketContents() {}

  /** Deletes objects with all their versions, and uploads that are under way, as far as it gets. */
  static void discard(S3Client s3, String bucket) {
    for (var batch = 0; batch < BATCHES; batch++) if (!discardSome(s3, bucket)) break;
    s3.listMultipartUploads(r -> r.bucket(bucket).maxUploads(UPLOADS))
        .uploads()
        .forEach(upload ->
            s3.abortMultipartUpload(
                r -> r.bucket(bucket).key(upload.key()).uploadId(upload.uploadId())));
  }

  private static boolean discardSome(S3Client s3, String bucket) {
    var page = s3.listObjectVersions(r -> r.bucket(bucket).maxKeys(BATCH));
    var objects =
        Stream.concat(
                page.versions().stream().map(v -> object(v.key(), v.versionId())),
                page.deleteMarkers().stream().map(m -> object(m.key(), m.versionId())))
            .toList();
    if (objects.isEmpty()) return false;
    var answer =
        s3.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(objects).quiet(true)));
    answer.errors().stream()
        .findFirst()
        .ifPresent(error -> {
          throw refused(error);
        });
    return true;
  }

  private static ObjectIdentifier object(String key, String versionId) {
    return ObjectIdentifier.builder().key(key).versionId(versionId).build();
  }

  /** The call succeeds even where no object could be deleted. */
  private static RuntimeException refused(S3Error error) {
    return S3Exception.builder()
        .statusCode(400)
        .message(error.message())
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("S3")
                .errorCode(error.code())
                .errorMessage("%s: %s".formatted(error.key(), error.message()))
                .build())
        .build();
  }
}
