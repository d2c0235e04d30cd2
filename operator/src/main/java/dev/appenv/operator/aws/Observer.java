package dev.appenv.operator.aws;

import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.aws.resource.NamedType;
import dev.appenv.operator.aws.sweep.Listing;
import dev.appenv.operator.aws.sweep.Readings;
import dev.appenv.operator.aws.sweep.Sweeps;
import dev.appenv.operator.aws.sweep.Touches;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.History;
import dev.appenv.operator.plan.Intent;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Look;
import dev.appenv.operator.plan.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells for one resource whether it is there. A list that does not show it is one witness. The
 * second is AWS's own not-found error for its id, or, for a create whose outcome is not known, a
 * search in another way, and not before the create had time to show.
 */
final class Observer {
  private static final Duration NEVER_BEGUN = Duration.ofHours(1);

  private final Finder finder;
  private final Sweeps sweeps;
  private final Readings<Facet> readings;
  private final Details details;
  private final Turns turns;
  private final Touches touches;
  private final Duration consistency;
  private final InstantSource clock;

  Observer(
      Finder finder,
      Sweeps sweeps,
      Readings<Facet> readings,
      Details details,
      Turns turns,
      Touches touches,
      Duration consistency,
      InstantSource clock) {
    this.finder = finder;
    this.sweeps = sweeps;
    this.readings = readings;
    this.details = details;
    this.turns = turns;
    this.touches = touches;
    this.consistency = consistency;
    this.clock = clock;
  }

  /**
   * @param notOlderThan how old what was read before may be
   */
  Facet look(Look look, LogicalName name, AwsType<?, ?> type, Duration notOlderThan) {
    if (!look.sought().contains(name)) return new Facet.Absent();
    return switch (type) {
      case ListedType<?, ?> listed ->
          details.added(look, name, listed, listed(look, name, listed, notOlderThan));
      case NamedType<?, ?> named -> named(look, name, named, notOlderThan);
    };
  }

  private Facet listed(Look look, LogicalName name, ListedType<?, ?> type, Duration notOlderThan) {
    var scope = look.scope();
    return switch (sweeps.list(scope.account(), scope.region(), type, notOlderThan, look.after())) {
      case Listing.Failed(var why) -> new Facet.Unknown(why);
      case Listing.Listed listed ->
          touches
              .since(scope.owner(), name, listed.begun())
              .map(since -> touched(look, name, type, since, notOlderThan))
              .orElseGet(() -> listed(look, name, type, listed));
    };
  }

  /**
   * What we changed since is looked at by itself, and a new list is read only where that does not
   * tell.
   */
  private Facet touched(
      Look look, LogicalName name, ListedType<?, ?> type, Instant since, Duration notOlderThan) {
    var scope = look.scope();
    var id = look.history().of(name).map(History.Entry::id).orElse(null);
    if (id != null
        && byId(look, name, type, id, since, notOlderThan) instanceof Facet.Observed observed)
      return observed;
    return switch (sweeps.list(scope.account(), scope.region(), type, Duration.ofDays(1), since)) {
      case Listing.Failed(var why) -> new Facet.Unknown(why);
      case Listing.Listed listed -> listed(look, name, type, listed);
    };
  }

  /** Where lists are read seldom, so is what is read in their stead. */
  private Facet byId(
      Look look,
      LogicalName name,
      ListedType<?, ?> type,
      String id,
      Instant since,
      Duration notOlderThan) {
    if (!type.isReadSeldom()) return finder.byId(look, type, id);
    var turn =
        new Turns.Turn(
            look.scope(),
            name,
            id,
            type.changeBudget(),
            1,
            true,
            begun -> begun.isAfter(since) && begun.isAfter(look.after()),
            notOlderThan);
    return turns
        .take(turn, readings, () -> finder.byId(look, type, id))
        .orElseGet(() -> waitsForItsTurn(type));
  }

  private Facet listed(Look look, LogicalName name, ListedType<?, ?> type, Listing.Listed listed) {
    var ours = listed.of(look.scope().owner(), name);
    var entry = look.history().of(name).orElse(null);
    if (ours.size() > 1) return new Facet.Duplicates(ours.stream().map(AwsLive::id).toList());
    if (ours.size() == 1)
      return entry == null || entry.id() == null || entry.id().equals(ours.getFirst().id())
          ? new Facet.Observed(ours.getFirst())
          : second(look, type, entry, entry.id(), ours.getFirst());
    if (entry == null)
      return look.adopting()
          .map(since -> retained(look, name, type, since))
          .orElseGet(Facet.Absent::new);
    if (entry.id() != null) return noted(look, type, entry, entry.id());
    return entry.intent() == null ? new Facet.Absent() : begun(look, name, type, entry.intent());
  }

  /**
   * The list shows another than the one we made: ours must be gone for certain before the other
   * counts.
   */
  private Facet second(
      Look look, AwsType<?, ?> type, History.Entry entry, String id, AwsLive other) {
    return switch (noted(look, type, entry, id)) {
      case Facet.Absent _, Facet.Foreign _, Facet.Retained _ -> new Facet.Observed(other);
      case Facet.Observed(var live) -> new Facet.Duplicates(List.of(live.id(), other.id()));
      case Facet.Unknown unknown -> unknown;
      case Facet.Duplicates duplicates -> duplicates;
    };
  }

  /** The one whose id was noted. Just made, it may not be found even by its id. */
  private Facet noted(Look look, AwsType<?, ?> type, History.Entry entry, String id) {
    var facet = finder.byId(look, type, id);
    return facet instanceof Facet.Absent && entry.intent() != null && isRecent(entry.intent())
        ? madeJustNow(id)
        : facet;
  }

  private static Facet madeJustNow(String id) {
    return new Facet.Unknown(id + " was made just now and AWS does not show it yet; waiting");
  }

  private Facet named(Look look, LogicalName name, NamedType<?, ?> type, Duration notOlderThan) {
    var owner = owner(look);
    var entry = look.history().of(name).orElse(null);
    var noted = entry == null ? null : idIn(entry);
    var id = noted == null ? type.id(owner, name, look.spec()) : noted;
    if (id == null) return new Facet.Absent();
    var turn =
        new Turns.Turn(
            look.scope(),
            name,
            id,
            type.changeBudget(),
            type.readCalls(),
            look.awaited().contains(name),
            begun -> begun.isAfter(look.after()) && touches.since(owner, name, begun).isEmpty(),
            limit(entry, readings.last(owner, name, id), notOlderThan));
    return turns
        .take(turn, readings, () -> named(look, name, type, id, entry))
        .orElseGet(() -> waitsForItsTurn(type));
  }

  private static Facet waitsForItsTurn(AwsType<?, ?> type) {
    return new Facet.Unknown(Turns.isAwaited(type.facts().title()));
  }

  /**
   * Nobody but us makes one of this name with our marks, so one that was never begun stays absent.
   */
  private static Duration limit(
      History.@Nullable Entry entry,
      Optional<Readings.Reading<Facet>> last,
      Duration notOlderThan) {
    return entry == null && last.filter(r -> r.value() instanceof Facet.Absent).isPresent()
        ? NEVER_BEGUN
        : notOlderThan;
  }

  private Facet named(
      Look look, LogicalName name, NamedType<?, ?> type, String id, History.@Nullable Entry entry) {
    var facet = finder.byId(look, type, id, () -> notFound(look, name, type, id, entry));
    return facet instanceof Facet.Foreign && entry != null
        ? Finder.unmarked(look, id, Optional.empty())
        : facet;
  }

  /** That of the resource, or that under which it was to be made. */
  private static @Nullable String idIn(History.Entry entry) {
    if (entry.id() != null) return entry.id();
    var intent = entry.intent();
    return intent == null ? null : intent.id();
  }

  /** AWS says that there is none of this id. */
  private Facet notFound(
      Look look, LogicalName name, NamedType<?, ?> type, String id, History.@Nullable Entry entry) {
    if (entry == null)
      return look.adopting()
          .map(since -> retained(look, name, type, since))
          .orElseGet(Facet.Absent::new);
    var intent = entry.intent();
    if (intent == null || !isRecent(intent)) return finder.askOtherwise(look, type, id);
    return entry.id() == null ? notShownYet(name) : madeJustNow(id);
  }

  private boolean isRecent(Intent intent) {
    return intent.since().plus(consistency).isAfter(clock.instant());
  }

  /** Whether a create that was begun made something. */
  private Facet begun(Look look, LogicalName name, ListedType<?, ?> type, Intent intent) {
    if (isRecent(intent)) return notShownYet(name);
    return finder.found(
        look,
        type,
        "whether %s was created".formatted(name),
        aws -> type.begun(aws, owner(look), name));
  }

  private static Facet notShownYet(LogicalName name) {
    return new Facet.Unknown(
        "a create of %s was begun and its answer is not known; waiting for it to show"
            .formatted(name));
  }

  /** What a former environment left; it had time to show once the environment is old enough. */
  private Facet retained(Look look, LogicalName name, AwsType<?, ?> type, Instant since) {
    var facet =
        finder.found(
            look,
            type,
            "whether %s was retained".formatted(name),
            aws -> type.retained(aws, owner(look), name));
    return facet instanceof Facet.Absent && since.plus(consistency).isAfter(clock.instant())
        ? new Facet.Unknown("looking for what was retained; waiting for it to show")
        : facet;
  }

  private static Owner owner(Look look) {
    return look.scope().owner();
  }
}
