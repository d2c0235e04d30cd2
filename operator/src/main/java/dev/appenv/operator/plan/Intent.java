package dev.appenv.operator.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A create that is about to be called.
 *
 * @param token the client token: the same for every repetition of this create
 * @param id under which it is made; null where the cloud gives it one
 */
public record Intent(LogicalName name, String token, Instant since, @Nullable String id) {

  /**
   * The token follows from whose it is, which resource, and when it was begun: at most 36
   * characters, as AWS takes them.
   */
  public static Intent begin(Owner owner, LogicalName name, Instant now) {
    var seed = "%s/%s/%s".formatted(owner.uid(), name, now);
    var token = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    return new Intent(name, token, now, null);
  }

  /** The same, to be made under this id. */
  public Intent under(@Nullable String chosen) {
    return new Intent(name, token, since, chosen);
  }
}
