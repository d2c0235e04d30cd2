package dev.appenv.operator.account;

import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.api.ConditionStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The accounts of the cluster and who may use them. */
public final class Accounts {
  /** As a condition gives it. */
  public static final String MOVED = "AccountChanged";

  private static final String ALL = "*";

  /** Whether an environment may use an account. */
  public sealed interface Permission {
    /**
     * The account may be used.
     *
     * @param tags to be put on everything
     * @param permissionsBoundary ARN of the policy that bounds all roles; null for none
     * @param hostedZone where environments may have DNS records; null for none
     */
    record Granted(
        Map<String, String> tags,
        @Nullable String permissionsBoundary,
        AwsAccountSpec.@Nullable HostedZone hostedZone)
        implements Permission {}

    /**
     * The account may not be used, or is not there.
     *
     * @param reason as a condition gives it
     */
    record Refused(String reason, String message) implements Permission {}
  }

  private final Function<String, @Nullable AwsAccount> byName;

  /**
   * @param byName served from a cache
   */
  public Accounts(Function<String, @Nullable AwsAccount> byName) {
    this.byName = byName;
  }

  public Optional<AwsAccountSpec> spec(String name) {
    return Optional.ofNullable(byName.apply(name)).map(AwsAccount::getSpec);
  }

  /** Whether less is known of an account here than this object says of it. */
  boolean isOlder(AwsAccount account) {
    var known = byName.apply(account.getMetadata().getName());
    var newer = account.getMetadata().getGeneration();
    return known == null
        || (newer != null
            && known.getMetadata().getGeneration() != null
            && known.getMetadata().getGeneration() < newer);
  }

  /**
   * Whether an account leads into another AWS account than before, where nothing of what was made
   * would be found, and all be made anew.
   *
   * @return what to do about it
   */
  public Optional<String> moved(String name) {
    return Optional.ofNullable(byName.apply(name)).flatMap(Accounts::moved);
  }

  private static Optional<String> moved(AwsAccount account) {
    var status = account.getStatus();
    if (status == null || status.accountId() == null) return Optional.empty();
    var role = account.getSpec().assumeRole();
    if (role != null && !role.arn().contains("::" + status.accountId() + ":"))
      return Optional.of(moved(account, role.arn()));
    return status.conditions() == null
        ? Optional.empty()
        : status.conditions().stream()
            .filter(c -> c.type().equals("Ready") && c.reason().equals(MOVED))
            .map(ConditionStatus::message)
            .findFirst();
  }

  /**
   * What is said of it.
   *
   * @param whither a role or another account
   */
  static String moved(AwsAccount account, String whither) {
    return "AwsAccount %s was of AWS account %s and now leads to %s; set it back, and create another AwsAccount for the other"
        .formatted(
            account.getMetadata().getName(),
            account.getStatus() == null ? null : account.getStatus().accountId(),
            whither);
  }

  public Permission permission(String name, String namespace, String region) {
    var spec = spec(name).orElse(null);
    if (spec == null)
      return new Permission.Refused(
          "AccountNotFound",
          "spec.aws.accountRef: there is no AwsAccount %s; create it or name another"
              .formatted(name));
    if (!spec.allowedNamespaces().contains(ALL) && !spec.allowedNamespaces().contains(namespace))
      return new Permission.Refused(
          "NamespaceNotAllowed",
          "AwsAccount %s does not list namespace %s in spec.allowedNamespaces; ask its owner to add it"
              .formatted(name, namespace));
    var elsewhere = moved(name);
    if (elsewhere.isPresent()) return new Permission.Refused(MOVED, elsewhere.get());
    List<String> regions = spec.allowedRegions();
    if (regions != null && !regions.contains(region))
      return new Permission.Refused(
          "RegionNotAllowed",
          "spec.aws.region: AwsAccount %s allows %s, not %s"
              .formatted(name, String.join(", ", regions), region));
    return new Permission.Granted(
        spec.defaultTags() == null ? Map.of() : spec.defaultTags(),
        spec.permissionsBoundaryArn(),
        spec.hostedZone());
  }
}
