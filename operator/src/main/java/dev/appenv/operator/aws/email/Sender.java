package dev.appenv.operator.aws.email;

import dev.appenv.api.EmailSpec;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one address that the application sends from, and what AWS has to verify for it. */
record Sender(String address, EmailSpec.Identity kind) {
  static Sender of(EmailSpec spec) {
    return new Sender(
        spec.from(), Objects.requireNonNullElse(spec.identity(), EmailSpec.Identity.Domain));
  }

  String domain() {
    return address.substring(address.indexOf('@') + 1);
  }

  /** The name of the identity that we make; null where it is somebody else's. */
  @Nullable String ownIdentity() {
    return switch (kind) {
      case Domain -> domain();
      case Address -> address;
      case Existing -> null;
    };
  }

  /** The names of all identities by which AWS lets it send, the one that counts first. */
  List<String> identities() {
    var own = ownIdentity();
    return own == null ? covering() : List.of(own);
  }

  /** The address, its domain, and the domains above that, but not the top-level one. */
  private List<String> covering() {
    return Stream.concat(
            Stream.of(address),
            Stream.iterate(domain(), d -> d.indexOf('.') > 0, d -> d.substring(d.indexOf('.') + 1)))
        .toList();
  }
}
