package dev.appenv.operator.release;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One commit's release as it should be on the machine.
 *
 * @param files by name, in the release's directory
 * @param digests known digests ({@code sha256:...}) by service; a service without one may run any
 *     that its tag has had
 */
public record DesiredRelease(
    ReleaseIdentity identity,
    ComposeModel compose,
    SortedMap<String, String> files,
    Map<String, String> digests) {
  public static final String COMPOSE_FILE = "docker-compose.yml";
  public static final String OVERRIDE_FILE = "docker-compose.override.yml";

  /**
   * The release of a compose file, rendered for this machine.
   *
   * @param live what is on the machine now; networks and volumes that exist keep the labels they
   *     have
   */
  public static DesiredRelease of(
      ComposeFile.Valid compose,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      RunningState live) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(COMPOSE_FILE, compose.text());
    files.put(
        OVERRIDE_FILE,
        OverrideFile.render(compose.model(), identity, ingress, live.networks(), live.volumes()));
    return new DesiredRelease(identity, compose.model(), files, Map.of());
  }

  public DesiredRelease withDigests(Map<String, String> known) {
    return new DesiredRelease(identity, compose, files, Map.copyOf(known));
  }

  /** The service's image, with its digest as far as that is known. */
  public String reference(ComposeService service) {
    var digest = digests.get(service.name());
    return digest == null || service.image().contains("@")
        ? service.image()
        : service.image() + "@" + digest;
  }
}
