package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.Tag;

/** Buckets with their properties and what is in them. */
final class Buckets {
  private static final String NO_VERSION = "null";

  /** One version of an object, or the sign that it was deleted. */
  record Item(String key, String versionId, boolean deleteMarker) {}

  record Upload(String key, String uploadId) {}

  /** Null is what was never set. */
  static final class Bucket {
    final String name;
    @Nullable ServerSideEncryptionConfiguration encryption;
    @Nullable PublicAccessBlockConfiguration publicAccessBlock;
    @Nullable OwnershipControls ownership;
    @Nullable BucketVersioningStatus versioning;
    @Nullable List<LifecycleRule> lifecycle;
    @Nullable List<CORSRule> cors;
    @Nullable String policy;
    final List<Item> items = new ArrayList<>();
    final List<Upload> uploads = new ArrayList<>();

    Bucket(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return Objects.toString(
          List.of(
              name,
              String.valueOf(encryption),
              String.valueOf(publicAccessBlock),
              String.valueOf(ownership),
              String.valueOf(versioning),
              String.valueOf(lifecycle),
              String.valueOf(cors),
              String.valueOf(policy),
              items.size(),
              uploads.size()));
    }
  }

  private final MemoryRegion region;
  final Shelf<Bucket> shelf;

  Buckets(MemoryRegion region) {
    this.region = region;
    this.shelf = new Shelf<>(region, "NoSuchBucket", Map.of());
  }

  Bucket get(String name) {
    return shelf.get(name);
  }

  /** The place where the region is said is checked as S3 checks it. */
  void create(CreateBucketRequest request, String regionName) {
    var configuration = request.createBucketConfiguration();
    var place = configuration == null ? null : configuration.locationConstraintAsString();
    if (!Objects.equals(place, regionName.equals("us-east-1") ? null : regionName))
      throw AwsErrors.refused(
          "IllegalLocationConstraintException",
          "The %s location constraint is incompatible for the region specific endpoint"
              .formatted(place));
    var name = request.bucket();
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"))
      throw AwsErrors.refused("InvalidBucketName", "The specified bucket is not valid.");
    if (shelf.find(name).isPresent())
      throw AwsErrors.error(
          409,
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.");
    shelf.add(name, new Bucket(name));
    putTags(name, configuration == null ? List.of() : configuration.tags());
  }

  void putTags(String name, List<Tag> tags) {
    get(name);
    region.tags.forget(name);
    tags.forEach(tag -> region.tags.put(name, Map.of(tag.key(), tag.value())));
  }

  /** What is just made may not be found for a while. */
  List<Tag> tags(String name) {
    shelf.byIds(List.of(name));
    var tags =
        region.tags.of(name).entrySet().stream()
            .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    return set(tags.isEmpty() ? null : tags, "NoSuchTagSet");
  }

  static <T> T set(@Nullable T value, String code) {
    if (value == null) throw AwsErrors.error(404, code, "It was never set");
    return value;
  }

  void delete(String name) {
    if (!get(name).items.isEmpty())
      throw AwsErrors.error(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
    shelf.remove(name);
  }

  void put(String name, String key) {
    var bucket = get(name);
    var versioned = bucket.versioning == BucketVersioningStatus.ENABLED;
    if (!versioned)
      bucket.items.removeIf(i -> i.key().equals(key) && i.versionId().equals(NO_VERSION));
    bucket.items.add(new Item(key, versioned ? region.newId("version") : NO_VERSION, false));
  }

  /** Without a version named, a versioned object stays and gets a sign that it was deleted. */
  void delete(String name, String key) {
    var bucket = get(name);
    if (bucket.versioning == BucketVersioningStatus.ENABLED)
      bucket.items.add(new Item(key, region.newId("version"), true));
    else bucket.items.removeIf(i -> i.key().equals(key));
  }

  void delete(String name, List<ObjectIdentifier> objects) {
    if (objects.size() > 1000)
      throw AwsErrors.refused("MalformedXML", "At most 1000 objects can be deleted at once");
    Set<String> wanted = new HashSet<>();
    objects.forEach(o -> wanted.add(o.key() + "\n" + o.versionId()));
    get(name).items.removeIf(i -> wanted.contains(i.key() + "\n" + i.versionId()));
  }
}
