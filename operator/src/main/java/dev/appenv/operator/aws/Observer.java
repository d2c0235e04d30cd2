package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.sweep.Listing;
import dev.appenv.operator.aws.sweep.Sweeps;
import dev.appenv.operator.aws.sweep.Touches;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/**
 * Tells for one resource whether it is there. A list that does not show it is one witness. The
 * second is AWS's own not-found error for its id, or, for a create whose outcome is not known, a
 * search of all tags, and not before the create had time to show.
 */
final class Observer {
  private final AwsClients clients;
  private final Sweeps sweeps;
  private final Touches touches;
  private final Duration consistency;
  private final InstantSource clock;

  Observer(
      AwsClients clients,
      Sweeps sweeps,
      Touches touches,
      Duration consistency,
      InstantSource clock) {
    this.clients = clients;
    this.sweeps = sweeps;
    this.touches = touches;
    this.consistency = consistency;
    this.clock = clock;
  }

  /**
   * @param notOlderThan how old a shared list may be
   */
  Facet look(
      Scope scope, LogicalName name, AwsType<?, ?> type, History history, Duration notOlderThan) {
    return switch (sweeps.list(scope.account(), scope.region(), type, notOlderThan, Instant.MIN)) {
      case Listing.Failed(var why) -> new Facet.Unknown(why);
      case Listing.Listed listed ->
          touches
              .since(scope.owner(), name, listed.begun())
              .map(since -> touched(scope, name, type, history, since))
              .orElseGet(() -> listed(scope, name, type, history, listed));
    };
  }

  /**
   * What we changed since is looked at by itself, and a new list is read only where that does not
   * tell.
   */
  private Facet touched(
      Scope scope, LogicalName name, AwsType<?, ?> type, History history, Instant since) {
    var id = history.of(name).map(History.Entry::id).orElse(null);
    if (id != null && byId(scope, type, id) instanceof Facet.Observed observed) return observed;
    return switch (sweeps.list(scope.account(), scope.region(), type, Duration.ofDays(1), since)) {
      case Listing.Failed(var why) -> new Facet.Unknown(why);
      case Listing.Listed listed -> listed(scope, name, type, history, listed);
    };
  }

  private Facet listed(
      Scope scope, LogicalName name, AwsType<?, ?> type, History history, Listing.Listed listed) {
    var ours = listed.of(scope.owner(), name);
    var entry = history.of(name).orElse(null);
    if (ours.size() > 1) return new Facet.Duplicates(ours.stream().map(AwsLive::id).toList());
    if (ours.size() == 1)
      return entry == null || entry.id() == null || entry.id().equals(ours.getFirst().id())
          ? new Facet.Observed(ours.getFirst())
          : second(scope, type, entry, entry.id(), ours.getFirst());
    if (entry == null) return new Facet.Absent();
    if (entry.id() != null) return noted(scope, type, entry, entry.id());
    return entry.intent() == null ? new Facet.Absent() : byTags(scope, name, type, entry.intent());
  }

  /**
   * The list shows another than the one we made: ours must be gone for certain before the other
   * counts.
   */
  private Facet second(
      Scope scope, AwsType<?, ?> type, History.Entry entry, String id, AwsLive other) {
    return switch (noted(scope, type, entry, id)) {
      case Facet.Absent _ -> new Facet.Observed(other);
      case Facet.Observed(var live) -> new Facet.Duplicates(List.of(live.id(), other.id()));
      case Facet.Unknown unknown -> unknown;
      case Facet.Duplicates duplicates -> duplicates;
    };
  }

  /** The one whose id was noted. Just made, it may not be found even by its id. */
  private Facet noted(Scope scope, AwsType<?, ?> type, History.Entry entry, String id) {
    var facet = byId(scope, type, id);
    return facet instanceof Facet.Absent && entry.intent() != null && isRecent(entry.intent())
        ? new Facet.Unknown(id + " was made just now and AWS does not show it yet; waiting")
        : facet;
  }

  private boolean isRecent(Intent intent) {
    return intent.since().plus(consistency).isAfter(clock.instant());
  }

  private Facet byId(Scope scope, AwsType<?, ?> type, String id) {
    try {
      var found = type.find(clients.in(scope.account(), scope.region()), id);
      if (found.isEmpty()) return new Facet.Absent();
      AwsLive live = found.get();
      if (OwnerTags.read(live.tags()).filter(mark -> mark.isOf(scope.owner())).isPresent())
        return new Facet.Observed(live);
      if (OwnerTags.isRetained(live.tags(), scope.owner())) return new Facet.Absent();
      return new Facet.Unknown(
          "%s is there but does not bear the tags %s=%s and %s=%s any more; put them back, or delete it"
              .formatted(
                  id,
                  OwnerTags.CLUSTER,
                  scope.owner().clusterId(),
                  OwnerTags.UID,
                  scope.owner().uid()));
    } catch (AwsType.EmptyAnswer e) {
      return new Facet.Unknown(String.valueOf(e.getMessage()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return new Facet.Unknown(id + " could not be read: " + Failures.of(e).message());
    }
  }

  private Facet byTags(Scope scope, LogicalName name, AwsType<?, ?> type, Intent intent) {
    if (isRecent(intent))
      return new Facet.Unknown(
          "a create of %s was begun and its answer is not known; waiting for it to show"
              .formatted(name));
    try {
      // Tags of what has ended stay visible for a while: each id is asked for.
      var facets = tagged(scope, name).stream().map(id -> byId(scope, type, id)).toList();
      for (var facet : facets) if (facet instanceof Facet.Unknown) return facet;
      var there =
          facets.stream()
              .filter(Facet.Observed.class::isInstance)
              .map(f -> ((Facet.Observed) f))
              .toList();
      return switch (there.size()) {
        case 0 -> new Facet.Absent();
        case 1 -> there.getFirst();
        default -> new Facet.Duplicates(there.stream().map(f -> f.live().id()).toList());
      };
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return new Facet.Unknown(
          "whether %s was created could not be read: %s".formatted(name, Failures.of(e).message()));
    }
  }

  /** The ids of what bears all marks of the owner and the name. */
  private List<String> tagged(Scope scope, LogicalName name) {
    var ec2 = clients.in(scope.account(), scope.region()).ec2(Permit.READ);
    var ids = tagged(ec2, OwnerTags.UID, scope.owner().uid(), List.of());
    if (!ids.isEmpty()) ids = tagged(ec2, OwnerTags.RESOURCE, name.value(), ids);
    if (!ids.isEmpty()) ids = tagged(ec2, OwnerTags.CLUSTER, scope.owner().clusterId(), ids);
    return ids;
  }

  private static List<String> tagged(Ec2Client ec2, String key, String value, List<String> among) {
    return ec2
        .describeTagsPaginator(r -> {
          var filters = new ArrayList<Filter>();
          filters.add(filter("key", List.of(key)));
          filters.add(filter("value", List.of(value)));
          if (!among.isEmpty()) filters.add(filter("resource-id", among));
          r.filters(filters).maxResults(1000);
        })
        .tags()
        .stream()
        .map(TagDescription::resourceId)
        .toList();
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }
}
