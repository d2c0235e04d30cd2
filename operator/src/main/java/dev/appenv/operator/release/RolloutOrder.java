package dev.appenv.operator.release;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the services of a release take the place of those that run. What the edge leads to is started
 * beside the old, and the old goes when nothing asks it any more; all else is replaced where it is,
 * as far as it changed.
 *
 * @param before what the services beside need, directly or not
 * @param beside what two of can run at once
 * @param after the others
 */
record RolloutOrder(List<String> before, List<ComposeService> beside, List<String> after) {

  static RolloutOrder of(DesiredRelease release) {
    var active =
        release.compose().services().values().stream().filter(ComposeService::active).toList();
    var beside =
        active.stream()
            .filter(service -> release.routed().contains(service.name()))
            // Two that write to the same files would harm them.
            .filter(service -> !service.keepsFiles())
            .toList();
    var needed = needs(release, beside);
    var inPlace =
        active.stream().filter(s -> !beside.contains(s)).map(ComposeService::name).toList();
    return new RolloutOrder(
        inPlace.stream().filter(needed::contains).toList(),
        beside,
        inPlace.stream().filter(name -> !needed.contains(name)).toList());
  }

  private static Set<String> needs(DesiredRelease release, List<ComposeService> services) {
    var needs = new TreeSet<String>();
    var open = new ArrayDeque<>(services);
    while (!open.isEmpty())
      for (var name : open.remove().dependsOn()) {
        var service = release.compose().services().get(name);
        if (service != null && needs.add(name)) open.add(service);
      }
    return needs;
  }
}
