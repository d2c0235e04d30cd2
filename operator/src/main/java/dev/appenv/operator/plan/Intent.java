package dev.appenv.operator.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A create that is about to be called.
 *
 * @param token the client token: the same for every repetition of this create
 */
public record Intent(LogicalName name, String token, Instant since) {

  /**
   * The token follows from whose it is, which resource, and when it was begun: at most 36
   * characters, as AWS takes them.
   */
  public static Intent begin(Owner owner, LogicalName name, Instant now) {
    var seed = "%s/%s/%s".formatted(owner.uid(), name, now);
    return new Intent(
        name, UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString(), now);
  }
}
