package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.SecretRef;
import dev.appenv.operator.environment.GeneratedSecrets.Purpose;
import dev.appenv.operator.plan.Credentials;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Passwords;
import dev.appenv.operator.plan.SecretParts;
import dev.appenv.operator.release.MachineKeys;
import dev.appenv.operator.release.SshKeyPair;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The Secrets of an environment's namespace: those it names, and those that we make for it: the
 * machine's keys, the resources' passwords, what came with them when they were made, and what the
 * application is told.
 */
final class Secrets {
  private static final String CLIENT_KEY = "ssh-privatekey";
  private static final String CLIENT_PUBLIC_KEY = "ssh-publickey";
  private static final String HOST_KEY = "host-key";
  private static final String HOST_PUBLIC_KEY = "host-key.pub";

  /** What every service takes: RDS and ElastiCache refuse most other signs. */
  private static final String SIGNS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final int PASSWORD_LENGTH = 32;

  /** Of a resource's credential, after its name and a dot; every other part is told by AWS. */
  private static final String ID = "id";

  private static final String ROTATION = "rotation";
  private static final SecureRandom RANDOM = new SecureRandom();

  sealed interface Answer<T> {
    record Here<T>(T value) implements Answer<T> {}

    record Missing<T>(Problem problem) implements Answer<T> {}
  }

  private final SecretStore store;
  private final GeneratedSecrets generated;

  Secrets(SecretStore store) {
    this.store = store;
    this.generated = new GeneratedSecrets(store);
  }

  /** A Secret's values, decoded. {@code field} is the path of what names it. */
  Answer<Map<String, String>> read(AppEnvironment environment, SecretRef ref, String field) {
    var namespace = environment.getMetadata().getNamespace();
    var secret = store.get(namespace, ref.name());
    return secret == null
        ? new Answer.Missing<>(
            Problem.person(
                "SecretNotFound",
                "%s: there is no Secret %s in namespace %s; create it"
                    .formatted(field, ref.name(), namespace)))
        : new Answer.Here<>(GeneratedSecrets.decoded(secret));
  }

  /**
   * The keys of the environment's machine; made when there are none.
   *
   * @param made whether a machine exists already that only the old keys would open; asked only when
   *     there are none
   * @param adopting whether keys that were kept with a machine become the environment's own
   */
  Answer<MachineKeys> machineKeys(
      AppEnvironment environment, BooleanSupplier made, boolean adopting) {
    var name = Purpose.MACHINE_KEYS.nameIn(environment);
    var secret = generated.get(environment, Purpose.MACHINE_KEYS, adopting);
    if (secret.isPresent()) return keys(name, GeneratedSecrets.decoded(secret.get()));
    if (made.getAsBoolean())
      return new Answer.Missing<>(
          Problem.person(
              "SecretNotFound",
              "Secret %s with the keys of the machine is gone; restore it, or delete the instance in AWS to get a new machine with new keys"
                  .formatted(name)));
    var keys = MachineKeys.generate();
    try {
      generated.create(environment, Purpose.MACHINE_KEYS, data(keys), Map.of());
      return new Answer.Here<>(keys);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
      var other = generated.get(environment, Purpose.MACHINE_KEYS, adopting);
      return keys(name, GeneratedSecrets.decoded(other.orElseThrow(() -> e)));
    }
  }

  /**
   * The passwords of these resources, each made when there is none. All are made anew when the
   * annotation {@link Annotations#ROTATE} has another value than when they were made.
   */
  Passwords passwords(AppEnvironment environment, Set<LogicalName> resources, boolean adopting) {
    if (resources.isEmpty()) return Passwords.NONE;
    var rotation = Annotations.get(environment, Annotations.ROTATE).orElse("");
    var secret = generated.get(environment, Purpose.PASSWORDS, adopting);
    var known =
        secret
            .filter(s -> rotation.equals(rotation(s)))
            .map(GeneratedSecrets::decoded)
            .orElseGet(Map::of);
    var wanted = new TreeMap<>(known);
    for (var resource : resources) wanted.computeIfAbsent(resource.value(), _ -> password());
    if (!wanted.equals(known)) {
      var annotations = Map.of(Annotations.ROTATE, rotation);
      secret.ifPresentOrElse(
          s -> generated.replace(s, wanted, annotations),
          () -> generated.create(environment, Purpose.PASSWORDS, wanted, annotations));
    }
    return new Passwords(
        resources.stream()
            .collect(Collectors.toMap(resource -> resource, r -> wanted.get(r.value()))));
  }

  private static String rotation(Secret secret) {
    var annotations = secret.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(Annotations.ROTATE, "");
  }

  private static String password() {
    return RANDOM
        .ints(PASSWORD_LENGTH, 0, SIGNS.length())
        .mapToObj(SIGNS::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  /**
   * What was told when these resources were made. Those that were made before the annotation {@link
   * Annotations#ROTATE} had the value that it has are left out: others are to come in their place.
   */
  Credentials credentials(
      AppEnvironment environment, Set<LogicalName> resources, boolean adopting) {
    if (resources.isEmpty()) return Credentials.NONE;
    var rotation = Annotations.get(environment, Annotations.ROTATE).orElse("");
    var known =
        generated
            .get(environment, Purpose.CREDENTIALS, adopting)
            .map(GeneratedSecrets::decoded)
            .orElseGet(Map::of);
    var current = new HashMap<LogicalName, Credentials.Credential>();
    for (var resource : resources) {
      var parts = new TreeMap<>(partsOf(known, resource));
      var id = parts.remove(ID);
      if (id != null && rotation.equals(parts.remove(ROTATION)))
        current.put(resource, new Credentials.Credential(id, new SecretParts(parts)));
    }
    return new Credentials(current);
  }

  private static Map<String, String> partsOf(Map<String, String> data, LogicalName resource) {
    var prefix = resource + ".";
    return data.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .collect(Collectors.toMap(e -> e.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  /** Stores what was told just now, in place of what was told of the resource's predecessor. */
  synchronized void keep(
      AppEnvironment environment, LogicalName resource, Credentials.Credential credential) {
    var parts = new TreeMap<>(credential.parts().byName());
    parts.put(ID, credential.id());
    parts.put(ROTATION, Annotations.get(environment, Annotations.ROTATE).orElse(""));
    var secret = generated.get(environment, Purpose.CREDENTIALS, false);
    var data = new TreeMap<>(secret.map(GeneratedSecrets::decoded).orElseGet(Map::of));
    data.keySet().removeIf(key -> key.startsWith(resource + "."));
    parts.forEach((part, value) -> data.put(resource + "." + part, value));
    secret.ifPresentOrElse(
        s -> generated.replace(s, data, Map.of()),
        () -> generated.create(environment, Purpose.CREDENTIALS, data, Map.of()));
  }

  /** Puts what the application is told where people and programs may read it too. */
  void publish(AppEnvironment environment, Outputs outputs) {
    var secret = generated.get(environment, Purpose.OUTPUTS, false);
    var data = outputs.values();
    if (secret.isEmpty()) {
      if (!data.isEmpty()) generated.create(environment, Purpose.OUTPUTS, data, Map.of());
    } else if (!data.equals(GeneratedSecrets.decoded(secret.get())))
      generated.replace(secret.get(), data, Map.of());
  }

  /** Those without which AWS resources that stay are of no use stay with them. */
  void keep(AppEnvironment environment) {
    generated.keep(environment);
  }

  private static Map<String, String> data(MachineKeys keys) {
    var data = new HashMap<String, String>();
    data.put(CLIENT_KEY, keys.client().privateKey());
    data.put(CLIENT_PUBLIC_KEY, keys.client().publicKey());
    data.put(HOST_KEY, keys.host().privateKey());
    data.put(HOST_PUBLIC_KEY, keys.host().publicKey());
    return data;
  }

  private static Answer<MachineKeys> keys(String secret, Map<String, String> data) {
    for (var key : List.of(CLIENT_KEY, CLIENT_PUBLIC_KEY, HOST_KEY, HOST_PUBLIC_KEY))
      if (!data.containsKey(key))
        return new Answer.Missing<>(
            Problem.person(
                "SecretIncomplete",
                "Secret %s has no key %s; restore it, or delete the Secret and the instance in AWS"
                    .formatted(secret, key)));
    return new Answer.Here<>(
        new MachineKeys(
            new SshKeyPair(value(data, CLIENT_KEY), value(data, CLIENT_PUBLIC_KEY)),
            new SshKeyPair(value(data, HOST_KEY), value(data, HOST_PUBLIC_KEY))));
  }

  private static String value(Map<String, String> data, String key) {
    return data.getOrDefault(key, "");
  }
}
