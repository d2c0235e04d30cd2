package dev.appenv.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param assumeRole the role to act as; left out, the operator's own credentials are used
 * @param allowedRegions where environments may be; left out means everywhere
 * @param allowedNamespaces whose environments may use the account; {@code "*"} means all
 * @param defaultTags put on everything that is created
 */
public record AwsAccountSpec(
    @Nullable AssumeRole assumeRole,
    @Nullable List<String> allowedRegions,
    List<String> allowedNamespaces,
    @Nullable Map<String, String> defaultTags) {

  public record AssumeRole(String arn, @Nullable String externalId) {}
}
