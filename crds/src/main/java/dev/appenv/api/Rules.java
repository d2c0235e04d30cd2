package dev.appenv.api;

/**
 * CEL that more than one field needs. A rule that builds on an earlier one passes when that one
 * fails, so that a user reads about one mistake once.
 */
final class Rules {
  static final String IMMUTABLE = "self == oldSelf";
  static final String FIXED =
      "is fixed at creation; create a new environment to change it, or set it back";

  static final String OBJECT_NAME =
      "self.matches(r'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";
  static final String OBJECT_NAME_MESSAGE =
      "must be the name of a Kubernetes object: lower-case letters, digits, '-' and '.', beginning"
          + " and ending with a letter or digit";

  private static final String DNS_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** The last part begins with a letter, so that it is no IP address. */
  static final String DNS_NAME =
      "self.matches(r'^(" + DNS_LABEL + "[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$')";

  static final String DNS_NAME_MESSAGE =
      "must be a DNS name in lower case without a dot at its end, such as shop.example.com";

  static final String COMPOSE_SERVICE = "self.matches(r'^[a-zA-Z0-9][a-zA-Z0-9._-]*$')";
  static final String COMPOSE_SERVICE_MESSAGE =
      "must be the name of a service in the compose file: letters, digits, '.', '_' and '-',"
          + " beginning with a letter or digit";

  /** So written, {@code Duration.parse("PT" + value)} reads it. */
  static final String DURATION =
      "self != '' && self.matches(r'^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$')";

  static final String DURATION_MESSAGE =
      "must be a duration in whole hours, minutes and seconds, such as 90s, 5m or 1h30m";
  static final String NOT_A_DURATION = "!(" + DURATION + ") || ";

  static final String REGION = "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$";
  static final String REGION_MESSAGE = "must be the code of an AWS region, such as eu-central-1";

  static final String IS_IPV4_BLOCK = "isCIDR(self) && cidr(self).ip().family() == 4";
  static final String NOT_AN_IPV4_BLOCK = "!(" + IS_IPV4_BLOCK + ") || ";
  static final String NOTHING_BEYOND_PREFIX = "cidr(self) == cidr(self).masked()";
  static final String BEYOND_PREFIX =
      "must not have bits beyond its prefix; write 10.20.0.0/16 for what 10.20.1.0/16 means";

  private Rules() {}
}
