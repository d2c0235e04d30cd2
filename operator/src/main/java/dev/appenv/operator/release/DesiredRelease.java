package dev.appenv.operator.release;

import dev.appenv.operator.release.RunningState.Container;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A compose project as it should be on the machine: the application of one commit, or the edge.
 *
 * @param id its name and directory on the machine: the commit, and a hash of all else that it is
 *     made of
 * @param routed services that the edge leads to
 * @param files by name, in the release's directory
 * @param secrets what must not be shown when a program prints it
 * @param digests known digests ({@code sha256:...}) by service; a service without one may run any
 *     that its tag has had
 * @param formerOverrides the operator's own file as it was with the digests that tags had before:
 *     where it is on the machine, the release is the same, and other digests are drift
 */
public record DesiredRelease(
    String project,
    String id,
    ReleaseIdentity identity,
    ComposeModel compose,
    Set<String> routed,
    SortedMap<String, String> files,
    Set<String> secrets,
    Map<String, String> digests,
    Set<String> formerOverrides) {
  private static final int SHORTEST_SECRET = 12;
  private static final int COMMIT = 12;
  private static final int HASH = 8;
  public static final String COMPOSE_FILE = "docker-compose.yml";
  public static final String OVERRIDE_FILE = "docker-compose.override.yml";

  /**
   * The release of a compose file, rendered for this machine.
   *
   * @param ingress of the application; null for what is not reached through the edge
   * @param variables what the application is told; some of it is secret
   * @param live what is on the machine now; networks and volumes that exist keep the labels they
   *     have
   * @param digests by service, to which images are pinned
   * @param noted the digests that were last reported of this commit, by service
   */
  static DesiredRelease of(
      String project,
      ComposeFile.Valid compose,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      SortedMap<String, String> variables,
      RunningState live,
      Map<String, String> digests,
      Map<String, String> noted) {
    Set<String> routed = ingress == null ? Set.of() : ingress.services();
    var env = variables.isEmpty() ? "" : EnvFile.render(variables);
    var id = id(identity.commit(), compose.text(), String.valueOf(ingress), env);
    Function<Map<String, String>, String> override =
        pins ->
            OverrideFile.render(
                compose.model(), identity, id, routed, live.networks(), live.volumes(), pins);
    SortedMap<String, String> files = new TreeMap<>();
    files.put(COMPOSE_FILE, compose.text());
    files.put(OVERRIDE_FILE, override.apply(digests));
    if (!env.isEmpty()) files.put(EnvFile.NAME, env);
    if (ingress != null) files.put(RoutesFile.NAME, RoutesFile.render(ingress, id));
    var former = new LinkedHashSet<String>();
    var before = merged(digests, noted);
    former.add(override.apply(before));
    former.add(override.apply(merged(before, pinned(compose.model(), identity, live))));
    former.remove(files.get(OVERRIDE_FILE));
    return new DesiredRelease(
        project,
        id,
        identity,
        compose.model(),
        routed,
        files,
        secrets(variables.values()),
        Map.copyOf(digests),
        former);
  }

  /** The release of an application's commit. */
  public static DesiredRelease of(
      ComposeFile.Valid compose,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      SortedMap<String, String> variables,
      RunningState live,
      Map<String, String> digests,
      Map<String, String> noted) {
    return of(
        MachineLayout.APPLICATION, compose, identity, ingress, variables, live, digests, noted);
  }

  private static String id(String commit, String... parts) {
    var hash = Hashes.sha256(String.join("\0", parts)).substring(0, HASH);
    return commit.substring(0, Math.min(COMMIT, commit.length())) + "-" + hash;
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

  /** The containers that are, or should be, of this release. */
  List<Container> containersOf(ComposeService service, RunningState live) {
    return live.containersOf(service.name()).stream()
        .filter(container -> identity.owns(container.labels()))
        .filter(this::isOfThis)
        .toList();
  }

  /** Not made for another release, to be there only until this one serves. */
  boolean isOfThis(Container container) {
    var release = container.labels().get(ReleaseIdentity.RELEASE);
    return release == null ? !routed.contains(container.service()) : release.equals(id);
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
    return "DesiredRelease[%s, %s]".formatted(id, files.keySet());
  }
}
