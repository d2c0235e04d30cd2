package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.Detailed;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.aws.resource.Surveyed;
import dev.appenv.operator.aws.sweep.Readings;
import dev.appenv.operator.aws.sweep.Sweeps;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Look;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.Phase;
import dev.appenv.operator.plan.Resolution;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.core.exception.SdkException;

/** What a list of our resources does not show of them: read by other calls, and more seldom. */
final class Details {
  private static final int SURVEY_INTERVALS = 6;

  private final AwsClients clients;
  private final Sweeps sweeps;
  private final Readings<Resolution<Object>> readings;
  private final Turns turns;
  private final Duration interval;

  /**
   * @param interval of the sweeps
   */
  Details(AwsClients clients, Sweeps sweeps, Turns turns, Duration interval, InstantSource clock) {
    this.clients = clients;
    this.sweeps = sweeps;
    this.turns = turns;
    this.readings = new Readings<>(clock, Resolution.Found.class::isInstance);
    this.interval = interval;
  }

  /** The same with all that can be told of it. What is on its way is not looked at so closely. */
  Facet added(Look look, LogicalName name, ListedType<?, ?> type, Facet facet) {
    if (!(facet instanceof Facet.Observed(AwsLive live)) || live.phase() != Phase.READY)
      return facet;
    var whole = facet;
    if (type instanceof Surveyed<?, ?> surveyed) whole = surveyed(look, surveyed, live);
    if (type instanceof Detailed<?, ?> detailed)
      whole = detailed(look, name, detailed, type.changeBudget(), live);
    return whole;
  }

  @SuppressWarnings("unchecked") // a type makes and takes its own live form
  private <L extends AwsLive, T> Facet surveyed(Look look, Surveyed<L, T> type, AwsLive live) {
    var scope = look.scope();
    var seen =
        sweeps.survey(
            scope.account(),
            scope.region(),
            type.survey(),
            interval.multipliedBy(SURVEY_INTERVALS),
            look.after());
    return switch (seen) {
      case Resolution.Found<T>(var value) -> new Facet.Observed(type.with((L) live, value));
      case Resolution.Failed<T>(_, var why) -> new Facet.Unknown(why);
    };
  }

  @SuppressWarnings("unchecked") // a type makes and takes its own live form, and its own details
  private <L extends AwsLive, T> Facet detailed(
      Look look, LogicalName name, Detailed<L, T> type, Budget budget, AwsLive live) {
    var turn =
        new Turns.Turn(
            look.scope(),
            name,
            live.id(),
            budget,
            type.detailCalls(),
            false,
            begun -> begun.isAfter(look.after()),
            interval.multipliedBy(type.intervals()));
    var detail =
        turns
            .take(turn, readings, () -> read(look, type, (L) live))
            .orElseGet(() ->
                new Resolution.Failed<>(
                    Outcome.Cause.THROTTLED, Turns.isAwaited(live.id() + " as a whole")));
    return switch (detail) {
      case Resolution.Found<Object>(var value) ->
          new Facet.Observed(type.with((L) live, (T) value));
      case Resolution.Failed<Object>(_, var why) -> new Facet.Unknown(why);
    };
  }

  private <L extends AwsLive, T> Resolution<Object> read(Look look, Detailed<L, T> type, L live) {
    var scope = look.scope();
    try {
      return new Resolution.Found<>(
          type.detail(clients.in(scope.account(), scope.region()), scope.owner(), live));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      var failure = Failures.of(e);
      return new Resolution.Failed<>(
          failure.cause(), live.id() + " could not be read as a whole: " + failure.message());
    }
  }

  /** It was changed: what was read of it before says nothing any more. */
  void touch(Owner owner, LogicalName name) {
    readings.drop(owner, name);
  }

  void forget(Owner owner) {
    readings.forget(owner);
  }
}
