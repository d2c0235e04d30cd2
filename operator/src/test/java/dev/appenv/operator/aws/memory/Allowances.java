package dev.appenv.operator.aws.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is allowed in an account and region, by the code of the quota. */
final class Allowances {
  static final String VPCS = "L-F678F1CE";
  static final String ADDRESSES = "L-0263D0A3";

  /** More than any test makes. */
  private static final long PLENTY = 1_000_000;

  private final Map<String, Optional<Long>> values = new HashMap<>();

  void set(String code, Optional<Long> value) {
    values.put(code, value);
  }

  /** What Service Quotas says; nothing where it has no value. */
  Optional<Long> of(String code) {
    return values.getOrDefault(code, Optional.of(PLENTY));
  }

  void refuseBeyond(String code, int there, String error) {
    if (there >= of(code).orElse(PLENTY))
      throw AwsErrors.refused(error, "The maximum number has been reached.");
  }
}
