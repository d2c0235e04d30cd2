package dev.appenv.operator.aws.memory;

import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.PutBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;

/** What S3 does with the properties of buckets. */
abstract class MemoryS3Properties implements S3Client {
  final MemoryRegion region;
  private final Wire wire;

  MemoryS3Properties(MemoryRegion region, Wire wire) {
    this.region = region;
    this.wire = wire;
  }

  @Override
  public GetBucketTaggingResponse getBucketTagging(GetBucketTaggingRequest request) {
    return read(
        "GetBucketTagging",
        GetBucketTaggingResponse.builder().build(),
        () ->
            GetBucketTaggingResponse.builder()
                .tagSet(region.buckets.tags(request.bucket()))
                .build());
  }

  @Override
  public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest request) {
    return read(
        "GetBucketEncryption",
        GetBucketEncryptionResponse.builder().build(),
        () ->
            GetBucketEncryptionResponse.builder()
                .serverSideEncryptionConfiguration(
                    Buckets.set(
                        bucket(request.bucket()).encryption,
                        "ServerSideEncryptionConfigurationNotFoundError"))
                .build());
  }

  @Override
  public GetPublicAccessBlockResponse getPublicAccessBlock(GetPublicAccessBlockRequest request) {
    return read(
        "GetPublicAccessBlock",
        GetPublicAccessBlockResponse.builder().build(),
        () ->
            GetPublicAccessBlockResponse.builder()
                .publicAccessBlockConfiguration(
                    Buckets.set(
                        bucket(request.bucket()).publicAccessBlock,
                        "NoSuchPublicAccessBlockConfiguration"))
                .build());
  }

  @Override
  public GetBucketOwnershipControlsResponse getBucketOwnershipControls(
      GetBucketOwnershipControlsRequest request) {
    return read(
        "GetBucketOwnershipControls",
        GetBucketOwnershipControlsResponse.builder().build(),
        () ->
            GetBucketOwnershipControlsResponse.builder()
                .ownershipControls(
                    Buckets.set(
                        bucket(request.bucket()).ownership, "OwnershipControlsNotFoundError"))
                .build());
  }

  @Override
  public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest request) {
    return read(
        "GetBucketVersioning",
        GetBucketVersioningResponse.builder().build(),
        () ->
            GetBucketVersioningResponse.builder()
                .status(bucket(request.bucket()).versioning)
                .build());
  }

  @Override
  public GetBucketLifecycleConfigurationResponse getBucketLifecycleConfiguration(
      GetBucketLifecycleConfigurationRequest request) {
    return read(
        "GetBucketLifecycleConfiguration",
        GetBucketLifecycleConfigurationResponse.builder().build(),
        () ->
            GetBucketLifecycleConfigurationResponse.builder()
                .rules(
                    Buckets.set(bucket(request.bucket()).lifecycle, "NoSuchLifecycleConfiguration"))
                .build());
  }

  @Override
  public GetBucketCorsResponse getBucketCors(GetBucketCorsRequest request) {
    return read(
        "GetBucketCors",
        GetBucketCorsResponse.builder().build(),
        () ->
            GetBucketCorsResponse.builder()
                .corsRules(Buckets.set(bucket(request.bucket()).cors, "NoSuchCORSConfiguration"))
                .build());
  }

  @Override
  public GetBucketPolicyResponse getBucketPolicy(GetBucketPolicyRequest request) {
    return read(
        "GetBucketPolicy",
        GetBucketPolicyResponse.builder().build(),
        () ->
            GetBucketPolicyResponse.builder()
                .policy(Buckets.set(bucket(request.bucket()).policy, "NoSuchBucketPolicy"))
                .build());
  }

  @Override
  public PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest request) {
    change(
        "PutBucketTagging",
        () -> region.buckets.putTags(request.bucket(), request.tagging().tagSet()));
    return PutBucketTaggingResponse.builder().build();
  }

  @Override
  public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest request) {
    change(
        "PutBucketEncryption",
        () -> bucket(request.bucket()).encryption = request.serverSideEncryptionConfiguration());
    return PutBucketEncryptionResponse.builder().build();
  }

  @Override
  public DeleteBucketEncryptionResponse deleteBucketEncryption(
      DeleteBucketEncryptionRequest request) {
    change("DeleteBucketEncryption", () -> bucket(request.bucket()).encryption = null);
    return DeleteBucketEncryptionResponse.builder().build();
  }

  @Override
  public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest request) {
    change(
        "PutPublicAccessBlock",
        () ->
            bucket(request.bucket()).publicAccessBlock = request.publicAccessBlockConfiguration());
    return PutPublicAccessBlockResponse.builder().build();
  }

  @Override
  public DeletePublicAccessBlockResponse deletePublicAccessBlock(
      DeletePublicAccessBlockRequest request) {
    change("DeletePublicAccessBlock", () -> bucket(request.bucket()).publicAccessBlock = null);
    return DeletePublicAccessBlockResponse.builder().build();
  }

  @Override
  public PutBucketOwnershipControlsResponse putBucketOwnershipControls(
      PutBucketOwnershipControlsRequest request) {
    change(
        "PutBucketOwnershipControls",
        () -> bucket(request.bucket()).ownership = request.ownershipControls());
    return PutBucketOwnershipControlsResponse.builder().build();
  }

  @Override
  public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
    change(
        "PutBucketVersioning",
        () -> bucket(request.bucket()).versioning = request.versioningConfiguration().status());
    return PutBucketVersioningResponse.builder().build();
  }

  @Override
  public PutBucketLifecycleConfigurationResponse putBucketLifecycleConfiguration(
      PutBucketLifecycleConfigurationRequest request) {
    change(
        "PutBucketLifecycleConfiguration",
        () -> bucket(request.bucket()).lifecycle = request.lifecycleConfiguration().rules());
    return PutBucketLifecycleConfigurationResponse.builder().build();
  }

  @Override
  public DeleteBucketLifecycleResponse deleteBucketLifecycle(DeleteBucketLifecycleRequest request) {
    change("DeleteBucketLifecycle", () -> bucket(request.bucket()).lifecycle = null);
    return DeleteBucketLifecycleResponse.builder().build();
  }

  @Override
  public PutBucketCorsResponse putBucketCors(PutBucketCorsRequest request) {
    change(
        "PutBucketCors",
        () -> bucket(request.bucket()).cors = request.corsConfiguration().corsRules());
    return PutBucketCorsResponse.builder().build();
  }

  @Override
  public DeleteBucketCorsResponse deleteBucketCors(DeleteBucketCorsRequest request) {
    change("DeleteBucketCors", () -> bucket(request.bucket()).cors = null);
    return DeleteBucketCorsResponse.builder().build();
  }

  @Override
  public PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest request) {
    change("PutBucketPolicy", () -> bucket(request.bucket()).policy = request.policy());
    return PutBucketPolicyResponse.builder().build();
  }

  @Override
  public DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest request) {
    change("DeleteBucketPolicy", () -> bucket(request.bucket()).policy = null);
    return DeleteBucketPolicyResponse.builder().build();
  }

  final Buckets.Bucket bucket(String name) {
    return region.buckets.get(name);
  }

  final <T> T read(String operation, T empty, Supplier<T> call) {
    return wire.read(
        operation,
        empty,
        () -> {
          synchronized (region) {
            return call.get();
          }
        });
  }

  final void change(String operation, Runnable call) {
    wire.change(
        operation,
        () -> {
          synchronized (region) {
            call.run();
            return operation;
          }
        });
  }
}
