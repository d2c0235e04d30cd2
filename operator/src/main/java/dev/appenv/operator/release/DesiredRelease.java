package dev.appenv.operator.release;

import dev.appenv.operator.release.RunningState.Container;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One commit's release as it should be on the machine.
 *
 * @param files by name, in the release's directory
 * @param secrets what must not be shown when a program prints it
 * @param digests known digests ({@code sha256:...}) by service; a service without one may run any
 *     that its tag has had
 * @param formerOverrides the operator's own file as it was with the digests that tags had before:
 *     where it is on the machine, the release is the same, and other digests are drift
 */
public record DesiredRelease(
    ReleaseIdentity identity,
    ComposeModel compose,
    SortedMap<String, String> files,
    Set<String> secrets,
    Map<String, String> digests,
    Set<String> formerOverrides) {
  private static final int SHORTEST_SECRET = 12;
  public static final String COMPOSE_FILE = "docker-compose.yml";
  public static final String OVERRIDE_FILE = "docker-compose.override.yml";

  /**
   * The release of a compose file, rendered for this machine.
   *
   * @param variables what the application is told; some of it is secret
   * @param live what is on the machine now; networks and volumes that exist keep the labels they
   *     have
   * @param digests by service, to which images are pinned
   * @param noted the digests that were last reported of this commit, by service
   */
  public static DesiredRelease of(
      ComposeFile.Valid compose,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      SortedMap<String, String> variables,
      RunningState live,
      Map<String, String> digests,
      Map<String, String> noted) {
    Function<Map<String, String>, String> override =
        pins ->
            OverrideFile.render(
                compose.model(), identity, ingress, live.networks(), live.volumes(), pins);
    SortedMap<String, String> files = new TreeMap<>();
    files.put(COMPOSE_FILE, compose.text());
    files.put(OVERRIDE_FILE, override.apply(digests));
    if (!variables.isEmpty()) files.put(EnvFile.NAME, EnvFile.render(variables));
    var former = new LinkedHashSet<String>();
    var before = merged(digests, noted);
    former.add(override.apply(before));
    former.add(override.apply(merged(before, pinned(compose.model(), identity, live))));
    former.remove(files.get(OVERRIDE_FILE));
    return new DesiredRelease(
        identity, compose.model(), files, secrets(variables.values()), Map.copyOf(digests), former);
  }

  private static Map<String, String> merged(Map<String, String> some, Map<String, String> over) {
    var all = new HashMap<>(some);
    all.putAll(over);
    return all;
  }

  /** To which digests the containers that run were pinned when they were made. */
  private static Map<String, String> pinned(
      ComposeModel compose, ReleaseIdentity identity, RunningState live) {
    var pins = new HashMap<String, String>();
    for (var service : compose.services().values())
      live.containersOf(service.name()).stream()
          .filter(container -> identity.owns(container.labels()))
          .map(Container::image)
          .filter(image -> image.startsWith(service.image() + "@"))
          .findFirst()
          .ifPresent(
              image -> pins.put(service.name(), image.substring(service.image().length() + 1)));
    return pins;
  }

  /** What is long enough not to be a port or a yes, of which every program speaks. */
  private static Set<String> secrets(Collection<String> values) {
    return values.stream()
        .filter(value -> value.length() >= SHORTEST_SECRET)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The service's image, with its digest as far as that is known. */
  public String reference(ComposeService service) {
    return service.reference(digests.get(service.name()));
  }

  /** The texts that a file may have while the release is this one. */
  Stream<String> versions(String file) {
    return Stream.concat(
        Stream.ofNullable(files.get(file)),
        file.equals(OVERRIDE_FILE) ? formerOverrides.stream() : Stream.empty());
  }

  /** Files may hold secrets, and only their names are shown. */
  @Override
  public String toString() {
    return "DesiredRelease[%s, %s]".formatted(identity.commit(), files.keySet());
  }
}
