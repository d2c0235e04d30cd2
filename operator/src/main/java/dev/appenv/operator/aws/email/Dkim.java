package dev.appenv.operator.aws.email;

import dev.appenv.operator.plan.RecordToSet;
import java.util.List;
import java.util.Set;

/** The DNS records by which AWS verifies a domain (Easy DKIM). */
final class Dkim {
  private static final String ZONE = "dkim.amazonses.com";

  /**
   * The regions with a zone of their own: "DKIM domains" in AWS's "Amazon SES endpoints and
   * quotas".
   */
  private static final Set<String> WITH_OWN_ZONE =
      Set.of(
          "af-south-1",
          "ap-northeast-3",
          "ap-south-2",
          "ap-southeast-3",
          "ap-southeast-5",
          "ca-west-1",
          "eu-central-2",
          "eu-south-1",
          "il-central-1",
          "me-central-1",
          "us-gov-east-1");

  private Dkim() {}

  static List<RecordToSet> records(String region, Verification domain) {
    return domain.dkimTokens().stream()
        .map(token ->
            new RecordToSet(
                "CNAME",
                "%s._domainkey.%s".formatted(token, domain.identity()),
                "%s.%s".formatted(token, zone(region)),
                "lets AWS verify %s and sign its mail (DKIM)".formatted(domain.identity())))
        .toList();
  }

  private static String zone(String region) {
    return WITH_OWN_ZONE.contains(region) ? "dkim.%s.amazonses.com".formatted(region) : ZONE;
  }
}
