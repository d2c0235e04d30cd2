package dev.appenv.operator.account;

import dev.appenv.api.AwsAccount;
import dev.appenv.api.AwsAccountSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The accounts of the cluster and who may use them. */
public final class Accounts {
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
