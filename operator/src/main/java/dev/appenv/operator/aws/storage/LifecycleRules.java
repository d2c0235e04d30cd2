package dev.appenv.operator.aws.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;

/** What S3 deletes of a bucket by itself. */
final class LifecycleRules {
  private static final int DAYS_TO_UPLOAD = 7;

  private LifecycleRules() {}

  /** The only rule: older versions go, and what was never completely uploaded. */
  static LifecycleRule cleaning(int noncurrentVersionDays) {
    return LifecycleRule.builder()
        .id("appenv")
        .status(ExpirationStatus.ENABLED)
        .filter(f -> f.prefix(""))
        .noncurrentVersionExpiration(e -> e.noncurrentDays(noncurrentVersionDays))
        .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(DAYS_TO_UPLOAD))
        .build();
  }

  /** What a rule does, whatever it is called. */
  static String text(LifecycleRule rule) {
    var parts = new ArrayList<String>();
    if (rule.status() != ExpirationStatus.ENABLED) parts.add("disabled");
    parts.add(
        isOfAll(rule) ? "all objects" : "prefix %s %s".formatted(rule.prefix(), filter(rule)));
    if (rule.expiration() != null) parts.add(rule.expiration().toString());
    if (rule.noncurrentVersionExpiration() != null)
      parts.add(text(rule.noncurrentVersionExpiration()));
    if (rule.abortIncompleteMultipartUpload() != null)
      parts.add(
          "uploads end after %d d"
              .formatted(rule.abortIncompleteMultipartUpload().daysAfterInitiation()));
    for (var transitions : List.of(rule.transitions(), rule.noncurrentVersionTransitions()))
      transitions.forEach(transition -> parts.add(transition.toString()));
    return String.join(", ", parts);
  }

  private static String text(NoncurrentVersionExpiration expiration) {
    var kept = expiration.newerNoncurrentVersions();
    return "older versions expire after %d d".formatted(expiration.noncurrentDays())
        + (kept == null ? "" : " but %d".formatted(kept));
  }

  private static boolean isOfAll(LifecycleRule rule) {
    var filter = rule.filter();
    return isBlank(rule.prefix())
        && (filter == null
            || filter.equals(LifecycleRuleFilter.builder().build())
            || filter.equals(LifecycleRuleFilter.builder().prefix("").build()));
  }

  private static String filter(LifecycleRule rule) {
    return String.valueOf(rule.filter());
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
