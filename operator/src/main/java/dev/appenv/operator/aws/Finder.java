package dev.appenv.operator.aws;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Failures;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.Look;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks AWS for single resources, by their ids or by a search that gives ids, and tells by their
 * marks whose they are. What AWS does not say is unknown.
 */
final class Finder {
  private final AwsClients clients;

  Finder(AwsClients clients) {
    this.clients = clients;
  }

  Facet byId(Look look, AwsType<?, ?> type, String id) {
    return byId(look, type, id, Facet.Absent::new);
  }

  /**
   * @param notFound what it means when AWS says that there is none of this id
   */
  Facet byId(Look look, AwsType<?, ?> type, String id, Supplier<Facet> notFound) {
    var scope = look.scope();
    try {
      var found = type.find(clients.in(scope.account(), scope.region()), id);
      if (found.isEmpty()) return notFound.get();
      AwsLive live = found.get();
      if (OwnerTags.read(live.tags()).filter(mark -> mark.isOf(scope.owner())).isPresent())
        return new Facet.Observed(live);
      if (OwnerTags.isRetained(live.tags(), scope.owner()))
        return look.adopting().isPresent() ? new Facet.Retained(live) : new Facet.Absent();
      return type instanceof NamedType<?, ?> named
          ? new Facet.Foreign(named.ifForeign(id))
          : unmarked(look, id, live.bearer());
    } catch (AwsType.EmptyAnswer e) {
      return new Facet.Unknown(String.valueOf(e.getMessage()));
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return new Facet.Unknown(id + " could not be read: " + Failures.of(e).message());
    }
  }

  /** What was ours, or may be, as it seems, and does not say so. */
  static Facet unmarked(Look look, String id, Optional<String> bearer) {
    return new Facet.Unknown(
        "%s is there but %s not bear the tags %s=%s and %s=%s any more; put them back, or delete it"
            .formatted(
                id,
                bearer.map(it -> it + " does").orElse("does"),
                OwnerTags.CLUSTER,
                look.scope().owner().clusterId(),
                OwnerTags.UID,
                look.scope().owner().uid()));
  }

  /** The one that is there of those with the ids that a search gives. */
  Facet found(Look look, AwsType<?, ?> type, String what, Function<Calls, List<String>> search) {
    var scope = look.scope();
    try {
      var facets =
          search.apply(clients.in(scope.account(), scope.region())).stream()
              .map(id -> byId(look, type, id))
              .toList();
      for (var facet : facets) if (facet instanceof Facet.Unknown) return facet;
      var there =
          facets.stream()
              .filter(f -> !(f instanceof Facet.Absent || f instanceof Facet.Foreign))
              .toList();
      return switch (there.size()) {
        case 0 -> new Facet.Absent();
        case 1 -> there.getFirst();
        default -> new Facet.Duplicates(there.stream().map(Finder::id).toList());
      };
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return new Facet.Unknown(what + " could not be read: " + Failures.of(e).message());
    }
  }

  private static String id(Facet facet) {
    return switch (facet) {
      case Facet.Observed(var live) -> live.id();
      case Facet.Retained(var live) -> live.id();
      default -> throw new IllegalArgumentException(facet + " has no id");
    };
  }

  /** Whether AWS says that there is none of this id when it is asked otherwise, too. */
  Facet askOtherwise(Look look, NamedType<?, ?> type, String id) {
    var scope = look.scope();
    try {
      return type.isListed(clients.in(scope.account(), scope.region()), id)
          ? new Facet.Unknown(id + " is listed by AWS and not found when it is asked for; waiting")
          : new Facet.Absent();
    } catch (SdkException | AwsClients.AccountUnavailable e) {
      return new Facet.Unknown(
          "whether %s is listed could not be read: %s".formatted(id, Failures.of(e).message()));
    }
  }
}
