package dev.appenv.operator.environment;

import dev.appenv.api.AwaitedImageStatus;
import dev.appenv.operator.registry.Lookup;
import dev.appenv.operator.release.ComposeModel;
import dev.appenv.operator.release.ComposeService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The digests to which the images of a commit are pinned. Pure.
 *
 * @param digests by service
 * @param unresolved the services whose image has none yet, by name
 */
record Pins(Map<String, String> digests, List<Unresolved> unresolved) {

  /**
   * @param answer of the registry, once there is one
   */
  record Unresolved(String service, String image, Optional<Lookup> answer) {
    AwaitedImageStatus since(Instant when) {
      return new AwaitedImageStatus(service, image, when);
    }
  }

  /**
   * @param noted the digests that were last reported of this commit: where the registry does not
   *     tell another, they hold
   */
  static Pins of(ComposeModel compose, Images.Reading reading, Map<String, String> noted) {
    var digests = new HashMap<String, String>();
    var unresolved = new ArrayList<Unresolved>();
    for (var service : compose.services().values()) {
      if (!service.active()) continue;
      var answer = Optional.ofNullable(reading.answers().get(service.image()));
      var known = noted.get(service.name());
      if (answer.orElse(null) instanceof Lookup.Found(var digest))
        digests.put(service.name(), digest);
      else if (known != null) digests.put(service.name(), known);
      else unresolved.add(new Unresolved(service.name(), service.image(), answer));
    }
    return new Pins(digests, unresolved);
  }

  /** What has to be pulled. */
  static Set<String> images(ComposeModel compose) {
    return compose.services().values().stream()
        .filter(ComposeService::active)
        .map(ComposeService::image)
        .collect(Collectors.toUnmodifiableSet());
  }
}
