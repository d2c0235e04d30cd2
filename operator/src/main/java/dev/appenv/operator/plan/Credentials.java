package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Optional;

/**
 * The secrets that came with resources when they were made, as far as they were kept and are still
 * to be used.
 */
public record Credentials(Map<LogicalName, Credential> byResource) {
  public static final Credentials NONE = new Credentials(Map.of());

  public Credentials {
    byResource = Map.copyOf(byResource);
  }

  /**
   * Those of one resource.
   *
   * @param id of the resource that they belong to
   */
  public record Credential(String id, SecretParts parts) {}

  public Optional<Credential> of(LogicalName name) {
    return Optional.ofNullable(byResource.get(name));
  }
}
