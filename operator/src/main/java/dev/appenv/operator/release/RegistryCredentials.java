package dev.appenv.operator.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Who may pull images, per registry. Prints no secret. */
public record RegistryCredentials(List<Login> logins) {
  public static final RegistryCredentials NONE = new RegistryCredentials(List.of());
  private static final ObjectMapper JSON = new ObjectMapper();

  public record Login(String registry, String username, String password) {
    @Override
    public String toString() {
      return "Login[registry=" + registry + ", password=***]";
    }
  }

  /** Of the registry that the image is in. */
  public Optional<Login> of(String image) {
    var registry = ImageName.registry(image);
    return logins.stream()
        .filter(login -> ImageName.registryOfLogin(login.registry()).equals(registry))
        .findFirst();
  }

  /** What a {@code kubernetes.io/dockerconfigjson} text came to. */
  public sealed interface Parsed {
    record Valid(RegistryCredentials credentials) implements Parsed {}

    record Invalid(String message) implements Parsed {}
  }

  public static Parsed parse(String dockerConfigJson) {
    JsonNode auths;
    try {
      auths = JSON.readTree(dockerConfigJson).path("auths");
    } catch (JsonProcessingException e) {
      // Jackson's message quotes the text, which is a secret.
      return invalid("they are not JSON");
    }
    if (!auths.isObject()) {
      return invalid("they have no object `auths`");
    }
    var logins = new ArrayList<Login>();
    for (var entry : auths.properties()) {
      String registry = entry.getKey();
      JsonNode auth = entry.getValue();
      String username = auth.path("username").asText("");
      String password = auth.path("password").asText("");
      if (username.isEmpty() && auth.hasNonNull("auth")) {
        String pair;
        try {
          pair =
              new String(
                  Base64.getDecoder().decode(auth.path("auth").asText().strip()),
                  StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          return invalid("`auth` of the registry " + registry + " is not base64");
        }
        int colon = pair.indexOf(':');
        username = colon < 0 ? "" : pair.substring(0, colon);
        password = colon < 0 ? "" : pair.substring(colon + 1);
      }
      if (username.isEmpty() || password.isEmpty()) {
        return invalid("the registry " + registry + " has no user name and password");
      }
      if (username.startsWith("-") || registry.startsWith("-") || registry.isBlank()) {
        return invalid("the registry name or its user name begins with `-` or is empty");
      }
      logins.add(new Login(registry, username, password));
    }
    return new Parsed.Valid(new RegistryCredentials(List.copyOf(logins)));
  }

  private static Parsed invalid(String problem) {
    return new Parsed.Invalid(
        "The registry credentials cannot be used: "
            + problem
            + ". Make the Secret with `kubectl create secret docker-registry`.");
  }
}
