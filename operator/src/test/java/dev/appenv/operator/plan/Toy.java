package dev.appenv.operator.plan;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A resource type with a field of every kind, for tests of what decides and not of what AWS is. */
final class Toy implements ResourceType<Toy.Desired, Toy.LiveToy> {
  /**
   * @param size null: the user did not say
   * @param rules null: cannot be said yet
   * @param peer whose id the toy holds; null for none
   * @param origin what it is made from
   */
  record Desired(
      @Nullable String size,
      String engine,
      String power,
      String zone,
      @Nullable Set<String> rules,
      Map<String, String> tags,
      @Nullable LogicalName peer,
      String origin) {
    Desired withSize(@Nullable String other) {
      return new Desired(other, engine, power, zone, rules, tags, peer, origin);
    }

    Desired withEngine(String other) {
      return new Desired(size, other, power, zone, rules, tags, peer, origin);
    }

    Desired withRules(@Nullable Set<String> other) {
      return new Desired(size, engine, power, zone, other, tags, peer, origin);
    }

    Desired withTags(Map<String, String> other) {
      return new Desired(size, engine, power, zone, rules, other, peer, origin);
    }

    Desired withOrigin(String other) {
      return new Desired(size, engine, power, zone, rules, tags, peer, other);
    }

    Desired withPeer(@Nullable LogicalName other) {
      return new Desired(size, engine, power, zone, rules, tags, other, origin);
    }
  }

  record LiveToy(
      String id,
      Phase phase,
      @Nullable String size,
      String engine,
      String power,
      String zone,
      Set<String> rules,
      Map<String, String> tags,
      @Nullable String peer)
      implements Live {
    LiveToy in(Phase other) {
      return new LiveToy(id, other, size, engine, power, zone, rules, tags, peer);
    }

    LiveToy withSize(@Nullable String other) {
      return new LiveToy(id, phase, other, engine, power, zone, rules, tags, peer);
    }

    LiveToy withEngine(String other) {
      return new LiveToy(id, phase, size, other, power, zone, rules, tags, peer);
    }

    LiveToy withPower(String other) {
      return new LiveToy(id, phase, size, engine, other, zone, rules, tags, peer);
    }

    LiveToy withZone(String other) {
      return new LiveToy(id, phase, size, engine, power, other, rules, tags, peer);
    }

    LiveToy withRules(Set<String> other) {
      return new LiveToy(id, phase, size, engine, power, zone, other, tags, peer);
    }

    LiveToy withTags(Map<String, String> other) {
      return new LiveToy(id, phase, size, engine, power, zone, rules, other, peer);
    }

    LiveToy withPeer(@Nullable String other) {
      return new LiveToy(id, phase, size, engine, power, zone, rules, tags, other);
    }
  }

  static final FieldTable<Desired, LiveToy> FIELDS =
      FieldTable.<Desired, LiveToy>empty()
          .entries(
              "tags",
              FieldKind.RECONCILED,
              DriftClass.COSMETIC,
              (d, ids) -> d.tags(),
              LiveToy::tags)
          .plain("size", FieldKind.RECONCILED, DriftClass.COST, (d, ids) -> d.size(), LiveToy::size)
          .plain(
              "engine",
              FieldKind.IMMUTABLE,
              DriftClass.DATA,
              (d, ids) -> d.engine(),
              LiveToy::engine)
          .plain(
              "power", FieldKind.STATE, DriftClass.RELEASE, (d, ids) -> d.power(), LiveToy::power)
          .plain(
              "zone",
              FieldKind.OBSERVED_ONLY,
              DriftClass.COSMETIC,
              (d, ids) -> d.zone(),
              LiveToy::zone)
          .plain("password", FieldKind.WRITE_ONLY, DriftClass.SECURITY, (d, ids) -> "x", l -> null)
          .plain(
              "origin", FieldKind.AT_CREATION, DriftClass.DATA, (d, ids) -> d.origin(), l -> null)
          .elements(
              "rules",
              FieldKind.RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> d.rules(),
              LiveToy::rules)
          .plain(
              "peer",
              FieldKind.RECONCILED,
              DriftClass.SECURITY,
              (d, ids) -> d.peer() == null ? null : ids.idOf(d.peer()),
              LiveToy::peer);

  static final LogicalName NAME = LogicalName.of("toys.car");
  static final Slot<Desired, LiveToy> KEPT = new Slot<>(NAME, new Toy(Loss.IDENTITY));
  static final Slot<Desired, LiveToy> DATA = new Slot<>(NAME, new Toy(Loss.DATA));
  static final Slot<Desired, LiveToy> REPLACEABLE = new Slot<>(NAME, new Toy(Loss.NOTHING));

  static final Desired WISH =
      new Desired(
          "small",
          "steam",
          "on",
          "zone-a",
          Set.of("a", "b"),
          Map.of("Name", "car"),
          null,
          "nothing");
  static final LiveToy AS_WISHED = as(WISH, "toy-1", name -> null);

  private final Loss loss;

  Toy(Loss loss) {
    this.loss = loss;
  }

  @Override
  public Facts<Desired, LiveToy> facts() {
    return new Facts<>("toy", Desired.class, LiveToy.class, FIELDS, DriftClass.RELEASE, loss);
  }

  /** What a create makes. */
  static LiveToy as(Desired wish, String id, Ids ids) {
    return new LiveToy(
        id,
        Phase.READY,
        wish.size(),
        wish.engine(),
        wish.power(),
        wish.zone(),
        wish.rules() == null ? Set.of() : wish.rules(),
        wish.tags(),
        wish.peer() == null ? null : ids.idOf(wish.peer()));
  }

  /** Noted as made with this id, with all of the wish fulfilled. */
  static History.Entry fulfilled(Desired wish, String id) {
    return new History.Entry(id, FIELDS.fingerprints(wish, name -> null), null);
  }
}
