package dev.appenv.operator.aws.resource;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for what AWS knows by a name that we choose: always the same for an environment. */
public final class ResourceNames {
  private static final int HASHED_BYTES = 10;

  private ResourceNames() {}

  /** 27 characters that every service takes: {@code appenv-} and 20 hexadecimal digits. */
  public static String of(Owner owner, LogicalName name) {
    var whose = "%s/%s/%s".formatted(owner.clusterId(), owner.uid(), name);
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(whose.getBytes(StandardCharsets.UTF_8));
      return "appenv-" + HexFormat.of().formatHex(digest, 0, HASHED_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
