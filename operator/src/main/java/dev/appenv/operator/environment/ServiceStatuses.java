package dev.appenv.operator.environment;

import dev.appenv.api.ReleaseStatus;
import dev.appenv.operator.release.ServiceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The services of a release between their form on the machine and their form in status. */
final class ServiceStatuses {
  private ServiceStatuses() {}

  static List<ReleaseStatus.ServiceStatus> of(Map<String, ServiceStatus> services) {
    var list = new ArrayList<ReleaseStatus.ServiceStatus>();
    for (var service : services.values()) {
      var running = service.running();
      // What the tag meant when it was pulled is what is wanted from then on.
      var desired =
          running != null && running.startsWith(service.desired() + "@")
              ? running
              : service.desired();
      list.add(
          new ReleaseStatus.ServiceStatus(
              service.name(), desired, running, camelCase(service.health().name())));
    }
    return list;
  }

  /** The digests that this commit's tags had when they were pulled. */
  static Map<String, String> digests(@Nullable ReleaseStatus last, String commit) {
    var digests = new HashMap<String, String>();
    if (last == null || !last.commit().equals(commit) || last.services() == null) return digests;
    for (var service : last.services()) {
      var at = service.desired().indexOf('@');
      if (at > 0) digests.put(service.name(), service.desired().substring(at + 1));
    }
    return digests;
  }

  static String camelCase(String constant) {
    var text = new StringBuilder();
    for (var word : constant.split("_", -1))
      text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    return text.toString();
  }
}
