package dev.appenv.operator.aws.storage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;

/** The tags of a bucket. */
final class BucketTags {
  private BucketTags() {}

  static Map<String, String> of(S3Client s3, String bucket) {
    var tags = new TreeMap<String, String>();
    BucketReader.set(() -> s3.getBucketTagging(r -> r.bucket(bucket)).tagSet())
        .orElse(List.<Tag>of())
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  /** S3 takes all tags at once: those of others are read just before, and stay. */
  static void put(S3Client s3, String bucket, Set<String> without, Map<String, String> with) {
    var tags = new TreeMap<>(of(s3, bucket));
    tags.keySet().removeAll(without);
    tags.putAll(with);
    s3.putBucketTagging(r -> r.bucket(bucket).tagging(t -> t.tagSet(list(tags))));
  }
}
