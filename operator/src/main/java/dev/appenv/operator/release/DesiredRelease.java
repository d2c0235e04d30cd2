package dev.appenv.operator.release;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One commit's release as it should be on the machine.
 *
 * @param files by name, in the release's directory
 * @param secrets what must not be shown when a program prints it
 * @param digests known digests ({@code sha256:...}) by service; a service without one may run any
 *     that its tag has had
 */
public record DesiredRelease(
    ReleaseIdentity identity,
    ComposeModel compose,
    SortedMap<String, String> files,
    Set<String> secrets,
    Map<String, String> digests) {
  private static final int SHORTEST_SECRET = 12;
  public static final String COMPOSE_FILE = "docker-compose.yml";
  public static final String OVERRIDE_FILE = "docker-compose.override.yml";

  /**
   * The release of a compose file, rendered for this machine.
   *
   * @param variables what the application is told; some of it is secret
   * @param live what is on the machine now; networks and volumes that exist keep the labels they
   *     have
   */
  public static DesiredRelease of(
      ComposeFile.Valid compose,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      SortedMap<String, String> variables,
      RunningState live) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(COMPOSE_FILE, compose.text());
    files.put(
        OVERRIDE_FILE,
        OverrideFile.render(compose.model(), identity, ingress, live.networks(), live.volumes()));
    if (!variables.isEmpty()) files.put(EnvFile.NAME, EnvFile.render(variables));
    return new DesiredRelease(
        identity, compose.model(), files, secrets(variables.values()), Map.of());
  }

  /** What is long enough not to be a port or a yes, of which every program speaks. */
  private static Set<String> secrets(Collection<String> values) {
    return values.stream()
        .filter(value -> value.length() >= SHORTEST_SECRET)
        .collect(Collectors.toUnmodifiableSet());
  }

  public DesiredRelease withDigests(Map<String, String> known) {
    return new DesiredRelease(identity, compose, files, secrets, Map.copyOf(known));
  }

  /** The service's image, with its digest as far as that is known. */
  public String reference(ComposeService service) {
    var digest = digests.get(service.name());
    return digest == null || service.image().contains("@")
        ? service.image()
        : service.image() + "@" + digest;
  }

  /** Files may hold secrets, and only their names are shown. */
  @Override
  public String toString() {
    return "DesiredRelease[%s, %s]".formatted(identity.commit(), files.keySet());
  }
}
