package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All resources of one type in an account and region, or why they are not known. */
public sealed interface Listing {
  record Failed(String why) implements Listing {}

  /** By their marks of ownership; what bears none is not in here. */
  record Listed(Instant begun, Map<OwnerTags.Mark, List<AwsLive>> byMark) implements Listing {
    public Listed {
      byMark = Map.copyOf(byMark);
    }

    public List<AwsLive> of(Owner owner, LogicalName name) {
      return byMark.getOrDefault(
          new OwnerTags.Mark(owner.clusterId(), owner.uid(), name), List.of());
    }
  }

  /**
   * These, by their marks.
   *
   * @param begun when the first page was asked for
   */
  static Listing of(Instant begun, List<? extends AwsLive> all) {
    var byMark = new HashMap<OwnerTags.Mark, List<AwsLive>>();
    for (var live : all)
      OwnerTags.read(live.tags())
          .ifPresent(mark -> byMark.computeIfAbsent(mark, _ -> new ArrayList<>()).add(live));
    return new Listed(begun, byMark);
  }
}
