package dev.appenv.operator.environment;

import dev.appenv.operator.registry.Lookup;
import dev.appenv.operator.registry.Registry;
import dev.appenv.operator.release.RegistryCredentials.Login;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry without a wire, that counts how often it is asked. */
final class MemoryRegistry implements Registry {
  private final Map<String, String> digests = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private @Nullable Lookup instead;
  private @Nullable String password;

  /**
   * @param letter the digest is made of
   */
  String push(String image, String letter) {
    var digest = "sha256:" + String.join("", Collections.nCopies(64, letter));
    digests.put(image, digest);
    return digest;
  }

  void remove(String image) {
    digests.remove(image);
  }

  /** It answers nothing else; null for what is so. */
  void answer(@Nullable Lookup answer) {
    instead = answer;
  }

  /** Without which it tells nothing. */
  void password(String wanted) {
    password = wanted;
  }

  int asked(String image) {
    return asked.getOrDefault(image, 0);
  }

  @Override
  public Lookup resolve(String image, Optional<Login> login) {
    asked.merge(image, 1, Integer::sum);
    if (instead != null) return instead;
    if (password != null && !login.map(Login::password).equals(Optional.of(password)))
      return new Lookup.Denied("The registry does not let you read " + image);
    var digest = digests.get(image);
    return digest == null
        ? new Lookup.Missing("The registry does not have " + image)
        : new Lookup.Found(digest);
  }
}
