package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.KeepsData;
import dev.appenv.operator.plan.Kept;
import dev.appenv.operator.plan.Outcome;
import dev.appenv.operator.plan.Removal;
import dev.appenv.operator.plan.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** What is kept of data when what holds them is deleted, and for how long. */
final class Keeping {
  private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

  /** Nobody waits for what is kept too long to go. */
  private static final Duration BETWEEN_LOOKS = Duration.ofHours(6);

  private record Place(String account, String region, KeepsData<?> keeper) {}

  private final AwsClients clients;
  private final InstantSource clock;
  private final Map<Place, Instant> lastLooks = new ConcurrentHashMap<>();

  Keeping(AwsClients clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  Kept kept(Scope scope, KeepsData<?> keeper, String id) {
    try {
      return keeper.kept(clients.in(scope.account(), scope.region()), scope.owner(), id);
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return new Kept.Unknown(
          "what was kept of %s could not be read: %s".formatted(id, Failures.of(e).message()));
    }
  }

  <L extends AwsLive> Optional<Outcome.Failed> obstacle(
      Scope scope, KeepsData<L> keeper, L live, Removal removal, Set<String> spared) {
    try {
      return keeper.obstacle(
          clients.in(scope.account(), scope.region()),
          scope.owner(),
          live,
          removal,
          spared,
          clock.instant());
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return Optional.of(Failures.of(e));
    }
  }

  /**
   * Looks a few times a day, by whichever environment comes by.
   *
   * @param anew whether also when it was looked at lately
   */
  Optional<Outcome.Failed> prune(
      Scope scope, KeepsData<?> keeper, Supplier<Set<String>> spared, boolean anew) {
    var now = clock.instant();
    var place = new Place(scope.account(), scope.region(), keeper);
    var look =
        lastLooks.merge(
            place, now, (last, _) -> last.plus(BETWEEN_LOOKS).isAfter(now) ? last : now);
    if (!anew && !look.equals(now)) return Optional.empty();
    try {
      keeper.prune(
          clients.in(scope.account(), scope.region()),
          scope.owner().clusterId(),
          spared.get(),
          now);
      return Optional.empty();
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      var failure = Failures.of(e);
      LOG.warn(
          "what is kept too long in {} {} stays for now: {}",
          scope.account(),
          scope.region(),
          failure.message());
      return Optional.of(failure);
    }
  }
}
