package dev.appenv.operator.release;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operator's own compose file, merged over the user's. */
public final class OverrideFile {
  private OverrideFile() {}

  /**
   * The compose file that goes on top of the branch's: labels, the way in for the services that the
   * edge leads to, and the digests of images, so that everything runs what the tags meant when the
   * release began.
   *
   * @param release the release's id
   * @param networks that exist on the machine. Compose would make a network or volume anew when a
   *     label changes, so these keep the labels they were created with
   * @param digests by service, as far as they are known
   */
  static String render(
      ComposeModel compose,
      ReleaseIdentity identity,
      String release,
      Set<String> routed,
      List<RunningState.Shared> networks,
      List<RunningState.Shared> volumes,
      Map<String, String> digests) {
    var out = new StringBuilder("# Written by AppEnv at each release; changes here are undone.\n");
    out.append("services:\n");
    for (var service : compose.services().values()) {
      var beside = routed.contains(service.name());
      var labels = identity.labels();
      if (beside) labels.put(ReleaseIdentity.RELEASE, release);
      service(out, service, labels, digests.get(service.name()));
      if (beside) routed(out, service, release);
    }
    var edge = routed.isEmpty() ? "" : "  %s: {external: true}\n".formatted(Edge.NETWORK);
    shared(out, "networks", compose.networks(), identity, networks, edge);
    shared(out, "volumes", compose.volumes(), identity, volumes, "");
    return out.toString();
  }

  private static void service(
      StringBuilder out,
      ComposeService service,
      SortedMap<String, String> labels,
      @Nullable String digest) {
    out.append("  ").append(quoted(service.name())).append(":\n");
    if (digest != null)
      out.append("    image: ").append(quoted(service.reference(digest))).append('\n');
    if (service.build()) {
      // Or compose would take a failed pull as a wish to build.
      out.append("    build: !reset null\n");
    }
    labels(out, labels);
    if (service.restart().isEmpty() && !service.runsToCompletion()) {
      out.append("    restart: unless-stopped\n");
    }
  }

  /** Two releases of it can run side by side, each under a name of its own. */
  private static void routed(StringBuilder out, ComposeService service, String release) {
    var attachment = service.attachment();
    if (attachment.containerName()) {
      out.append("    container_name: !reset null\n");
    }
    if (attachment.publishes()) {
      out.append("    ports: !reset []\n");
    }
    out.append("    networks:\n");
    if (attachment.networks().isEmpty()) {
      out.append("      default: null\n");
    }
    out.append(
        "      %s: {aliases: [%s]}\n"
            .formatted(Edge.NETWORK, quoted(Edge.alias(service.name(), release))));
  }

  private static void shared(
      StringBuilder out,
      String section,
      SortedMap<String, ComposeModel.Shared> declared,
      ReleaseIdentity identity,
      List<RunningState.Shared> existing,
      String more) {
    var rendered = new StringBuilder();
    for (var one : declared.values()) {
      var labels = one.external() ? Map.<String, String>of() : labelsOf(one, identity, existing);
      if (!labels.isEmpty()) {
        rendered.append("  ").append(quoted(one.key())).append(":\n");
        labels(rendered, labels);
      }
    }
    rendered.append(more);
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
