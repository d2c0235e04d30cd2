package dev.appenv.operator.environment;

import dev.appenv.api.AppEnvironment;
import dev.appenv.operator.account.Capacity;
import dev.appenv.operator.account.Quotas.Place;
import dev.appenv.operator.plan.Admission;
import dev.appenv.operator.plan.Admission.Shortage;
import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Scope;
import dev.appenv.operator.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets a new environment begin only when all that it needs fits under the account's quotas. */
final class Admissions {
  private final Capacity capacity;

  Admissions(Capacity capacity) {
    this.capacity = capacity;
  }

  /**
   * Whether these steps may be begun. One that has begun goes on.
   *
   * @return why not
   */
  Optional<Problem> ask(
      AppEnvironment environment, Scope scope, History history, List<Step> steps) {
    var place = place(scope);
    var creates =
        steps.stream()
            .filter(Step.Create.class::isInstance)
            .map(Step::name)
            .collect(Collectors.toUnmodifiableSet());
    capacity.made(scope.owner().uid(), place, made(history));
    if (creates.isEmpty()) return Optional.empty();
    if (!history.entries().isEmpty()) {
      capacity.goOn(environment, place, creates);
      return Optional.empty();
    }
    return switch (capacity.ask(environment, place, creates)) {
      case Admission.Granted _ -> Optional.empty();
      case Admission.Queued queued -> Optional.of(problem(queued, place));
    };
  }

  /** The environment is gone. */
  void left(Scope scope) {
    capacity.left(scope.owner().uid(), place(scope));
  }

  private static Place place(Scope scope) {
    return new Place(scope.account(), scope.region());
  }

  private static Set<LogicalName> made(History history) {
    return history.entries().entrySet().stream()
        .filter(entry -> entry.getValue().id() != null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  static Problem problem(Admission.Queued queued, Place place) {
    return Problem.person(
        Admission.REASON,
        "AwsAccount %s has no room in %s: %s. Nothing is created yet; number %d of those that wait there. It begins by itself when all fits: raise %s, or remove what is not needed"
            .formatted(
                place.account(),
                place.region(),
                texts(queued.shortages()),
                queued.ahead() + 1,
                queued.shortages().stream()
                    .map(Admissions::raise)
                    .collect(Collectors.joining(" and "))));
  }

  private static String texts(List<Shortage> shortages) {
    return shortages.stream().map(Admissions::text).collect(Collectors.joining(", "));
  }

  private static String text(Shortage shortage) {
    var level = shortage.level();
    return "%d of %d %s are used%s%s, and %d more needed"
        .formatted(
            level.used(),
            level.limit(),
            shortage.quota().title(),
            level.assumed()
                ? " (AWS's default; the account's own quota could not be read, allow servicequotas:GetServiceQuota)"
                : "",
            shortage.kept() == 0 ? "" : ", %d kept for those before".formatted(shortage.kept()),
            shortage.wanted());
  }

  private static String raise(Shortage shortage) {
    return "the quota %s of %s to %d"
        .formatted(
            shortage.quota().code(),
            shortage.quota().service(),
            shortage.level().used() + shortage.kept() + shortage.wanted());
  }
}
