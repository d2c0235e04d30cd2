package dev.appenv.operator.aws.network;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Survey;
import dev.appenv.operator.plan.Ids;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/**
 * All that has an address in an account and region. One list without a filter, for those of a
 * hundred VPCs would be asked for by as many names.
 */
record Occupants(List<Occupant> all) {
  static final Occupants NONE = new Occupants(List.of());
  static final Survey<Occupants> SURVEY = new OfRegion();

  Occupants {
    all = List.copyOf(all);
  }

  private static final class OfRegion implements Survey<Occupants> {
    @Override
    public String title() {
      return "network interfaces";
    }

    @Override
    public Occupants read(Calls aws) {
      return new Occupants(
          aws
              .ec2(Permit.READ)
              .describeNetworkInterfacesPaginator(r -> r.maxResults(1000))
              .networkInterfaces()
              .stream()
              .map(Occupant::of)
              .toList());
    }
  }

  Occupants where(Predicate<Occupant> condition) {
    return new Occupants(all.stream().filter(condition).toList());
  }

  /** Those that do not belong to the environment, as users read them. */
  Set<String> foreign(Map<String, String> tags, Ids ids) {
    return all.stream()
        .filter(occupant -> occupant.isForeign(tags, ids))
        .map(Occupant::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Deletes what these are in; where AWS refuses, those of others are named.
   *
   * @param tags of what is deleted
   */
  void deleting(String id, Map<String, String> tags, Runnable delete) {
    try {
      delete.run();
    } catch (Ec2Exception e) {
      var others =
          all.stream()
              .filter(occupant -> occupant.isLeftByOthers(tags))
              .map(Occupant::text)
              .sorted()
              .toList();
      if (others.isEmpty() || !Failures.isInUse(e)) throw e;
      throw new AwsType.InUse(
          "%s is still used by what is not of this environment: %s; delete that"
              .formatted(id, String.join(", ", others)));
    }
  }
}
