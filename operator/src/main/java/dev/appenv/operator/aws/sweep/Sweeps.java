package dev.appenv.operator.aws.sweep;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.aws.resource.Survey;
import dev.appenv.operator.plan.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The lists of an account and region, each read once for all environments there. */
public final class Sweeps {
  private final AwsClients clients;
  private final String clusterId;
  private final SharedReadings readings;

  public Sweeps(AwsClients clients, String clusterId, InstantSource clock) {
    this.clients = clients;
    this.clusterId = clusterId;
    this.readings = new SharedReadings(clock);
  }

  /**
   * Never throws for what AWS says: a list that could not be read says so itself, and is read again
   * for the next who asks.
   *
   * @param notOlderThan for how long a list serves
   * @param after when the reading must have begun at the earliest
   */
  public Listing list(
      String account, String region, ListedType<?, ?> type, Duration notOlderThan, Instant after) {
    return switch (readings.get(
        new SharedReadings.Key(account, region, type),
        notOlderThan,
        after,
        begun ->
            resolution(type.facts().title() + "s", () -> read(account, region, type, begun)))) {
      case Resolution.Found<Listing>(var listing) -> listing;
      case Resolution.Failed<Listing>(_, var why) -> new Listing.Failed(why);
    };
  }

  private <L extends AwsLive> Listing read(
      String account, String region, ListedType<?, L> type, Instant begun) {
    return Listing.of(begun, type.list(clients.in(account, region), clusterId));
  }

  /** The same for a survey. */
  public <T> Resolution<T> survey(
      String account, String region, Survey<T> survey, Duration notOlderThan, Instant after) {
    return readings.get(
        new SharedReadings.Key(account, region, survey),
        notOlderThan,
        after,
        _ -> resolution(survey.title(), () -> survey.read(clients.in(account, region))));
  }

  private static <T> Resolution<T> resolution(String title, Supplier<T> read) {
    try {
      return new Resolution.Found<>(read.get());
    } catch (RuntimeException e) {
      var failure = Failures.of(e);
      return new Resolution.Failed<>(
          failure.cause(), title + " could not be listed: " + failure.message());
    }
  }
}
