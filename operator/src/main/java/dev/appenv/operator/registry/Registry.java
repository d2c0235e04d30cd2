package dev.appenv.operator.registry;

import dev.appenv.operator.release.RegistryCredentials.Login;
import java.util.Optional;

/** Whoever knows which digests images have. */
public interface Registry {
  /**
   * The digest that an image's tag has now. Blocks until the registry has answered or failed to.
   *
   * @param image as a compose file names it
   * @param login nothing for what is open to all
   */
  Lookup resolve(String image, Optional<Login> login);
}
