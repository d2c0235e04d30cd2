package dev.appenv.operator.account;

import dev.appenv.api.AppEnvironment;
import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.ResourceStatus;
import dev.appenv.operator.account.Quotas.Place;
import dev.appenv.operator.plan.Admission;
import dev.appenv.operator.plan.Claim;
import dev.appenv.operator.plan.Demand;
import dev.appenv.operator.plan.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environments of an account and region, by what they still want to take there. Pure.
 *
 * @param waiting those that began nothing yet
 * @param begun what is still missing of those that began something, by UID
 * @param largest of each quota what the one takes that takes most of it
 */
record Applicants(List<Claim> waiting, Map<String, Demand> begun, Demand largest) {
  private static final String INFRASTRUCTURE = "InfrastructureReady";

  /**
   * @param all environments as a cache shows them
   * @param needs what an environment takes
   */
  static Applicants of(
      Stream<AppEnvironment> all, Place place, Function<AppEnvironmentSpec, List<Need>> needs) {
    var waiting = new ArrayList<Claim>();
    var begun = new HashMap<String, Demand>();
    var largest = Demand.NONE;
    for (var environment : all.filter(it -> place(it).filter(place::equals).isPresent()).toList()) {
      var wanted = needs.apply(environment.getSpec());
      largest = largest.orMore(Demand.of(wanted));
      if (Boolean.TRUE.equals(environment.getSpec().suspend())) continue;
      var status = environment.getStatus();
      if (status != null && isBegun(status)) {
        var missing = missing(wanted, status);
        if (!missing.isEmpty()) begun.put(environment.getMetadata().getUid(), Demand.of(missing));
      } else if (isWaiting(status)) waiting.add(claim(environment, Demand.of(wanted)));
    }
    return new Applicants(waiting, begun, largest);
  }

  /** What all want to take together. */
  Demand all() {
    return Stream.concat(waiting.stream().map(Claim::demand), begun.values().stream())
        .reduce(Demand.NONE, Demand::and);
  }

  /**
   * Without those of whom more is known than a cache shows.
   *
   * @param known their UIDs
   */
  Applicants without(Set<String> known) {
    var left = new HashMap<>(begun);
    left.keySet().removeAll(known);
    return new Applicants(
        waiting.stream().filter(claim -> !known.contains(claim.uid())).toList(), left, largest);
  }

  static Claim claim(AppEnvironment environment, Demand demand) {
    var metadata = environment.getMetadata();
    var created = metadata.getCreationTimestamp();
    return new Claim(
        metadata.getUid(),
        created == null ? Instant.EPOCH : Instant.parse(created),
        metadata.getNamespace() + "/" + metadata.getName(),
        demand);
  }

  /** Where an environment is or wants to be; nothing when it is on its way out. */
  static Optional<Place> place(AppEnvironment environment) {
    var spec = environment.getSpec();
    return environment.getMetadata().getDeletionTimestamp() != null
            || spec == null
            || spec.aws() == null
        ? Optional.empty()
        : Optional.of(new Place(spec.aws().accountRef().name(), spec.aws().region()));
  }

  private static boolean isBegun(AppEnvironmentStatus status) {
    return !resources(status).isEmpty()
        || (status.operations() != null
            && status.operations().stream().anyMatch(o -> o.token() != null));
  }

  private static List<Need> missing(List<Need> wanted, AppEnvironmentStatus status) {
    var there = resources(status);
    return wanted.stream().filter(need -> !there.contains(need.resource().value())).toList();
  }

  private static Set<String> resources(AppEnvironmentStatus status) {
    return status.resources() == null
        ? Set.of()
        : status.resources().stream().map(ResourceStatus::name).collect(Collectors.toSet());
  }

  /** One that was never worked on wants to begin, too, and its turn may be first. */
  private static boolean isWaiting(@Nullable AppEnvironmentStatus status) {
    return status == null
        || status.conditions() == null
        || status.conditions().stream()
            .anyMatch(condition ->
                condition.type().equals(INFRASTRUCTURE)
                    && Objects.equals(condition.reason(), Admission.REASON));
  }
}
