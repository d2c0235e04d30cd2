package dev.appenv.operator.release;

import dev.appenv.operator.release.ComposeService.HostPort;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operator's own compose file, merged over the user's. */
public final class OverrideFile {
  private static final int PUBLIC_PORT = 80;

  private OverrideFile() {}

  /**
   * The compose file that goes on top of the branch's: labels, the published port, and the digests
   * of images, so that everything runs what the tags meant when the release began.
   *
   * @param networks that exist on the machine. Compose would make a network or volume anew when a
   *     label changes, so these keep the labels they were created with
   * @param digests by service, as far as they are known
   */
  public static String render(
      ComposeModel compose,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      List<RunningState.Shared> networks,
      List<RunningState.Shared> volumes,
      Map<String, String> digests) {
    var out = new StringBuilder("# Written by AppEnv at each release; changes here are undone.\n");
    out.append("services:\n");
    compose
        .services()
        .values()
        .forEach(service -> service(out, service, identity, ingress, digests.get(service.name())));
    shared(out, "networks", compose.networks(), identity, networks);
    shared(out, "volumes", compose.volumes(), identity, volumes);
    return out.toString();
  }

  /** Is this what the ingress asks for already? */
  static boolean publishes(HostPort port, Ingress ingress) {
    return port.from() == PUBLIC_PORT
        && port.to() == PUBLIC_PORT
        && port.container().equals(Integer.toString(ingress.port()));
  }

  private static void service(
      StringBuilder out,
      ComposeService service,
      ReleaseIdentity identity,
      @Nullable Ingress ingress,
      @Nullable String digest) {
    out.append("  ").append(quoted(service.name())).append(":\n");
    if (digest != null)
      out.append("    image: ").append(quoted(service.reference(digest))).append('\n');
    if (service.build()) {
      // Or compose would take a failed pull as a wish to build.
      out.append("    build: !reset null\n");
    }
    labels(out, identity.labels());
    if (service.restart().isEmpty() && !service.runsToCompletion()) {
      out.append("    restart: unless-stopped\n");
    }
    if (ingress != null
        && ingress.service().equals(service.name())
        && service.hostPorts().stream().noneMatch(port -> publishes(port, ingress))) {
      out.append("    ports:\n");
      out.append("      - \"%d:%d\"\n".formatted(PUBLIC_PORT, ingress.port()));
    }
  }

  private static void shared(
      StringBuilder out,
      String section,
      SortedMap<String, ComposeModel.Shared> declared,
      ReleaseIdentity identity,
      List<RunningState.Shared> existing) {
    var rendered = new StringBuilder();
    for (var one : declared.values()) {
      var labels = one.external() ? Map.<String, String>of() : labelsOf(one, identity, existing);
      if (!labels.isEmpty()) {
        rendered.append("  ").append(quoted(one.key())).append(":\n");
        labels(rendered, labels);
      }
    }
    if (!rendered.isEmpty()) {
      out.append(section).append(":\n").append(rendered);
    }
  }

  private static Map<String, String> labelsOf(
      ComposeModel.Shared declared, ReleaseIdentity identity, List<RunningState.Shared> existing) {
    return existing.stream()
        .filter(one -> one.key().equals(declared.key()))
        .findFirst()
        .<Map<String, String>>map(one -> ours(one.labels()))
        .orElseGet(identity::labels);
  }

  private static SortedMap<String, String> ours(Map<String, String> labels) {
    var ours = new TreeMap<>(labels);
    ours.keySet()
        .retainAll(
            List.of(
                ReleaseIdentity.CLUSTER, ReleaseIdentity.ENVIRONMENT_UID, ReleaseIdentity.RELEASE));
    return ours;
  }

  private static void labels(StringBuilder out, Map<String, String> labels) {
    out.append("    labels:\n");
    labels.forEach((key, value) ->
        out.append("      ").append(key).append(": ").append(quoted(value)).append('\n'));
  }

  /** Compose looks for variables in values, so a dollar sign is doubled. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + '"';
  }
}
