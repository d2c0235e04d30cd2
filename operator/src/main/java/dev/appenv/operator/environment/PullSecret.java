package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.release.RegistryCredentials;
import java.util.Map;

/** The Secret by which an environment's images are read, at the registry and by the machine. */
final class PullSecret {
  static final String FIELD = "spec.release.registryCredentialsSecretRef";
  private static final String KEY = ".dockerconfigjson";

  private PullSecret() {}

  static Secrets.Answer<RegistryCredentials> read(Secrets secrets, AppEnvironment environment) {
    var spec = environment.getSpec().release();
    var ref = spec == null ? null : spec.registryCredentialsSecretRef();
    if (ref == null) return new Secrets.Answer.Here<>(RegistryCredentials.NONE);
    return switch (secrets.read(environment, ref, FIELD)) {
      case Secrets.Answer.Missing<Map<String, String>>(var problem) ->
          new Secrets.Answer.Missing<>(problem);
      case Secrets.Answer.Here<Map<String, String>>(var data) ->
          switch (RegistryCredentials.parse(data.getOrDefault(KEY, ""))) {
            case RegistryCredentials.Parsed.Valid(var credentials) ->
                new Secrets.Answer.Here<>(credentials);
            case RegistryCredentials.Parsed.Invalid(var message) ->
                new Secrets.Answer.Missing<>(
                    Problem.person(
                        "SecretIncomplete",
                        "%s: Secret %s: %s".formatted(FIELD, ref.name(), message)));
          };
    };
  }
}
