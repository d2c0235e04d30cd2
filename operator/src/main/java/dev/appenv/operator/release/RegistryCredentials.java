package dev.appenv.operator.release;

import java.util.List;

/** Who may pull images, per registry. Prints no secret. */
public record RegistryCredentials(List<Login> logins) {
  public static final RegistryCredentials NONE = new RegistryCredentials(List.of());

  public record Login(String registry, String username, String password) {
    @Override
    public String toString() {
      return "Login[registry=" + registry + ", password=***]";
    }
  }

  /** What a {@code kubernetes.io/dockerconfigjson} text came to. */
  public sealed interface Parsed {
    record Valid(RegistryCredentials credentials) implements Parsed {}

    record Invalid(String message) implements Parsed {}
  }

  public static Parsed parse(String dockerConfigJson) {
    throw new UnsupportedOperationException();
  }
}
