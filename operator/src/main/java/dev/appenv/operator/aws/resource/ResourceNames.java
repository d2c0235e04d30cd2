package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of resources whose id we choose: the same for an environment at any time. */
public final class ResourceNames {
  /** With what all of them begin. */
  public static final String PREFIX = "appenv-";

  private static final int BYTES = 10;

  private ResourceNames() {}

  /** {@code appenv-} and 20 hexadecimal digits, short enough for every service. */
  public static String of(Owner owner, LogicalName name) {
    var whole = "%s/%s/%s".formatted(owner.clusterId(), owner.uid(), name);
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
