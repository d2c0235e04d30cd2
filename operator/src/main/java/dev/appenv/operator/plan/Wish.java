package dev.appenv.operator.plan;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AwsAccountSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the desired infrastructure follows from.
 *
 * @param resolved what was looked up once
 * @param machine how the machine is entered and how it boots
 * @param passwords those that the nouns asked for
 * @param credentials the secrets that the cloud told when it made resources
 * @param tags of the account, put on everything
 * @param permissionsBoundary of the account: bounds what roles may do; null for none
 * @param hostedZone of the account: where DNS records may be made; null for none
 */
public record Wish(
    Owner owner,
    AppEnvironmentSpec spec,
    Resolved resolved,
    Machine machine,
    Passwords passwords,
    Credentials credentials,
    Map<String, String> tags,
    @Nullable String permissionsBoundary,
    AwsAccountSpec.@Nullable HostedZone hostedZone) {

  /**
   * Looked up once and then kept, so that a newer image is no drift.
   *
   * @param zones availability zones of the subnets, two
   * @param internetGatewayId of the VPC that is shared; null when the environment has its own
   */
  public record Resolved(String imageId, List<String> zones, @Nullable String internetGatewayId) {
    public Resolved {
      zones = List.copyOf(zones);
    }
  }

  /**
   * What the machine needs to be entered.
   *
   * @param publicKey in the format of {@code authorized_keys}
   * @param userData cloud-config as text; holds the machine's host key and is therefore secret
   */
  public record Machine(String publicKey, String userData) {
    @Override
    public String toString() {
      return "Machine[" + publicKey + "]";
    }
  }
}
