package dev.appenv.operator.aws.storage;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Names of buckets. All buckets of all accounts share one space of names, so the environment's own
 * name is not enough.
 */
final class BucketName {
  private static final int LONGEST = 63;
  private static final int HASH_BYTES = 6;
  private static final int LONGEST_STEM = LONGEST - 1 - 2 * HASH_BYTES;

  private BucketName() {}

  /** Always the same for one environment, and of no other in the world. */
  static String of(Owner owner, LogicalName name) {
    return stem(owner) + hash(String.join("/", owner.clusterId(), owner.uid(), name.value()));
  }

  /** Whether an environment of this owner's name, present or former, may have chosen it. */
  static boolean isOfName(Owner owner, String bucket) {
    var stem = stem(owner);
    return bucket.startsWith(stem)
        && bucket.substring(stem.length()).matches("[0-9a-f]{%d}".formatted(2 * HASH_BYTES));
  }

  /** What the names of all buckets of environments of this name begin with. */
  static String stem(Owner owner) {
    // Two hyphens, as in xn--, begin names that AWS keeps for itself.
    var slug =
        owner.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
    // So do these.
    if (slug.startsWith("sthree-") || slug.startsWith("amzn-")) slug = "app-" + slug;
    var cut = slug.substring(0, Math.min(slug.length(), LONGEST_STEM));
    return cut.replaceAll("-$", "") + "-";
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
