package dev.appenv.operator.aws.call;

import dev.appenv.operator.plan.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * For whom a call is made. In an account that is entered by a role it is the name of the session,
 * so that CloudTrail tells for which environment something was changed.
 */
public record Session(String name) {
  private static final ScopedValue<Session> CURRENT = ScopedValue.newInstance();

  private static final int LONGEST = 64;
  private static final int HASH_BYTES = 6;

  /** Named after an environment: {@code NAMESPACE.NAME}. */
  public static Session of(Owner owner) {
    return named(owner.namespace() + "." + owner.name());
  }

  /** For what is done for all environments together. */
  public static Session ofCluster(String clusterId) {
    return named("appenv-" + clusterId);
  }

  /** As AWS allows it; what is too long is cut and told apart by a hash. */
  private static Session named(String whole) {
    var allowed = whole.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
    if (allowed.length() <= LONGEST) return new Session(allowed);
    var hash = hash(whole);
    return new Session(allowed.substring(0, LONGEST - 1 - hash.length()) + "-" + hash);
  }

  private static String hash(String text) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Does this in the session: all calls that it makes on this thread. */
  public <T> T run(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** That of the work that is being done on this thread. */
  public static Session current(Session otherwise) {
    return CURRENT.orElse(otherwise);
  }
}
