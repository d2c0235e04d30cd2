package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.CallGate;
import dev.appenv.operator.aws.sweep.Readings;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads what AWS shows only by calls for each resource, if it is time to and AWS's limits leave
 * room. Without room an older reading serves, for it is what is known, and environments take turns.
 */
final class Turns {
  /**
   * One reading.
   *
   * @param id of what is read
   * @param budget the limit that its calls count against
   * @param calls how many it takes
   * @param isUrgent whether something waits for it
   * @param isValid whether one begun at this time still says something
   * @param notOlderThan for how long one serves though there is room for another
   */
  record Turn(
      Scope scope,
      LogicalName name,
      String id,
      Budget budget,
      int calls,
      boolean isUrgent,
      Predicate<Instant> isValid,
      Duration notOlderThan) {}

  private final AwsClients clients;
  private final InstantSource clock;

  Turns(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  /** What is known of it; nothing as long as it waits for its first turn. */
  <T> Optional<T> take(Turn turn, Readings<T> readings, Supplier<T> read) {
    var owner = turn.scope().owner();
    var last =
        readings.last(owner, turn.name(), turn.id()).filter(r -> turn.isValid().test(r.begun()));
    if (last.filter(r -> isFresh(r, turn)).isPresent() || !isAdmitted(turn, last.isEmpty()))
      return last.map(Readings.Reading::value);
    return Optional.of(
        readings.read(owner, turn.name(), turn.id(), () -> CallGate.paidReads(turn.calls(), read)));
  }

  private boolean isFresh(Readings.Reading<?> reading, Turn turn) {
    return reading.begun().plus(turn.notOlderThan()).isAfter(clock.instant());
  }

  private boolean isAdmitted(Turn turn, boolean isFirst) {
    var account = turn.scope().account();
    var region = turn.scope().region();
    if (isFirst || turn.isUrgent())
      return clients.admit(account, region, turn.budget(), turn.calls());
    return clients.spare(account, region, turn.budget(), turn.calls());
  }

  /** Why something is not known yet. */
  static String isAwaited(String title) {
    return "%s: not read yet, for the operator's share of AWS's limit on calls is used up; it is read when its turn comes (APPENV_AWS_SHARE)"
        .formatted(title);
  }
}
