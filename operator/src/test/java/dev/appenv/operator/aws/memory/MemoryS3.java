package dev.appenv.operator.aws.memory;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** S3 of one account and region. */
public final class MemoryS3 extends MemoryS3Properties {
  private final String regionName;

  public MemoryS3(MemoryRegion region, String regionName, Wire wire) {
    super(region, wire);
    this.regionName = regionName;
  }

  @Override
  public ListBucketsResponse listBuckets(ListBucketsRequest request) {
    return read(
        "ListBuckets",
        ListBucketsResponse.builder().build(),
        () ->
            ListBucketsResponse.builder()
                .buckets(
                    region.buckets.shelf.page(List.of(), null, null).things().stream()
                        .filter(
                            b -> request.prefix() == null || b.name.startsWith(request.prefix()))
                        .map(b -> Bucket.builder().name(b.name).bucketRegion(regionName).build())
                        .toList())
                .build());
  }

  @Override
  public CreateBucketResponse createBucket(CreateBucketRequest request) {
    change("CreateBucket", () -> region.buckets.create(request, regionName));
    return CreateBucketResponse.builder().build();
  }

  @Override
  public DeleteBucketResponse deleteBucket(DeleteBucketRequest request) {
    change("DeleteBucket", () -> region.buckets.delete(request.bucket()));
    return DeleteBucketResponse.builder().build();
  }

  @Override
  public ListObjectVersionsResponse listObjectVersions(ListObjectVersionsRequest request) {
    return read(
        "ListObjectVersions",
        ListObjectVersionsResponse.builder().build(),
        () ->
            ListObjectVersionsResponse.builder()
                .versions(
                    items(request)
                        .filter(i -> !i.deleteMarker())
                        .map(i ->
                            ObjectVersion.builder().key(i.key()).versionId(i.versionId()).build())
                        .toList())
                .deleteMarkers(
                    items(request)
                        .filter(Buckets.Item::deleteMarker)
                        .map(i ->
                            DeleteMarkerEntry.builder()
                                .key(i.key())
                                .versionId(i.versionId())
                                .build())
                        .toList())
                .build());
  }

  @Override
  public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
    change(
        "DeleteObjects", () -> region.buckets.delete(request.bucket(), request.delete().objects()));
    return DeleteObjectsResponse.builder().build();
  }

  @Override
  public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
    change("DeleteObject", () -> region.buckets.delete(request.bucket(), request.key()));
    return DeleteObjectResponse.builder().build();
  }

  @Override
  public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
    return read(
        "ListMultipartUploads",
        ListMultipartUploadsResponse.builder().build(),
        () ->
            ListMultipartUploadsResponse.builder()
                .uploads(
                    bucket(request.bucket()).uploads.stream()
                        .limit(request.maxUploads())
                        .map(u ->
                            MultipartUpload.builder().key(u.key()).uploadId(u.uploadId()).build())
                        .toList())
                .build());
  }

  @Override
  public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
    change(
        "AbortMultipartUpload",
        () ->
            bucket(request.bucket())
                .uploads
                .removeIf(u -> u.uploadId().equals(request.uploadId())));
    return AbortMultipartUploadResponse.builder().build();
  }

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    change("PutObject", () -> region.buckets.put(request.bucket(), request.key()));
    return PutObjectResponse.builder().build();
  }

  @Override
  public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
    var id = region.newId("upload");
    change(
        "CreateMultipartUpload",
        () -> bucket(request.bucket()).uploads.add(new Buckets.Upload(request.key(), id)));
    return CreateMultipartUploadResponse.builder().uploadId(id).build();
  }

  private Stream<Buckets.Item> items(ListObjectVersionsRequest request) {
    return bucket(request.bucket()).items.stream().limit(request.maxKeys());
  }

  @Override
  public S3ServiceClientConfiguration serviceClientConfiguration() {
    return S3ServiceClientConfiguration.builder().region(Region.of(regionName)).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
