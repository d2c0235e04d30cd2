package dev.appenv.operator.aws.storage;

import dev.appenv.api.BucketSpec;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.CORSRule;

/** Which pages of other origins may use a bucket. */
final class CorsRules {
  private static final String NONE = "none";

  private CorsRules() {}

  static CORSRule of(BucketSpec.CorsRule rule) {
    var headers = rule.allowedHeaders();
    return CORSRule.builder()
        .allowedOrigins(rule.allowedOrigins())
        .allowedMethods(rule.allowedMethods().stream().map(Enum::name).toList())
        .allowedHeaders(headers == null ? List.of() : headers)
        .maxAgeSeconds(rule.maxAgeSeconds())
        .build();
  }

  /** In their order, for the first that fits counts; what is in a rule has none. */
  static String text(List<CORSRule> rules) {
    return rules.isEmpty()
        ? NONE
        : rules.stream().map(CorsRules::text).collect(Collectors.joining("; "));
  }

  private static String text(CORSRule rule) {
    var text =
        new StringBuilder("%s from %s".formatted(sorted(rule.allowedMethods()), origins(rule)));
    if (!rule.allowedHeaders().isEmpty())
      text.append(" with headers ").append(sorted(rule.allowedHeaders()));
    if (!rule.exposeHeaders().isEmpty())
      text.append(" showing headers ").append(sorted(rule.exposeHeaders()));
    if (rule.maxAgeSeconds() != null) text.append(" for %d s".formatted(rule.maxAgeSeconds()));
    return text.toString();
  }

  private static String origins(CORSRule rule) {
    return sorted(rule.allowedOrigins());
  }

  private static String sorted(Collection<String> words) {
    return String.join(",", new TreeSet<>(words));
  }
}
