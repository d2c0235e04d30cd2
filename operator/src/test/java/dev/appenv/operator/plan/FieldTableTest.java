package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldTableTest {
  private static final Ids NO_IDS = name -> null;
  private static final LogicalName PEER = LogicalName.of("toys.garage");

  private static List<Difference> compare(Toy.Desired wish, Toy.LiveToy live) {
    return Toy.FIELDS.compare(wish, live, NO_IDS, Toy.FIELDS.fingerprints(wish, NO_IDS));
  }

  @Test
  void names_are_in_the_order_of_the_table() {
    assertThat(Toy.FIELDS.names())
        .containsExactly(
            "tags", "size", "engine", "power", "zone", "password", "origin", "rules", "peer");
  }

  @Test
  void a_value_that_is_missing_live_reads_absent() {
    assertThat(compare(Toy.WISH, Toy.AS_WISHED.withSize(null)))
        .extracting(Difference::live)
        .containsExactly(Drift.ABSENT);
  }

  @Test
  void each_element_of_a_set_is_a_difference_of_its_own_missing_ones_first() {
    assertThat(compare(Toy.WISH, Toy.AS_WISHED.withRules(Set.of("z", "y"))))
        .extracting(Difference::path)
        .containsExactly("rules[a]", "rules[b]", "rules[y]", "rules[z]");
  }

  @Test
  void tags_that_others_put_on_are_not_ours() {
    assertThat(compare(Toy.WISH, Toy.AS_WISHED.withTags(Map.of("Name", "car", "team", "x"))))
        .isEmpty();
  }

  @Test
  void a_missing_tag_reads_absent() {
    assertThat(compare(Toy.WISH, Toy.AS_WISHED.withTags(Map.of())))
        .extracting(Difference::path, Difference::desired, Difference::live)
        .containsExactly(tuple("tags[Name]", "car", Drift.ABSENT));
  }

  @Test
  void a_reference_to_what_is_not_there_yet_is_not_compared() {
    assertThat(compare(Toy.WISH.withPeer(PEER), Toy.AS_WISHED)).isEmpty();
    assertThat(
            Toy.FIELDS.compare(
                Toy.WISH.withPeer(PEER),
                Toy.AS_WISHED,
                name -> "toy-9",
                Toy.FIELDS.fingerprints(Toy.WISH, NO_IDS)))
        .extracting(Difference::path, Difference::desired)
        .containsExactly(tuple("peer", "toy-9"));
  }

  @Test
  void fingerprints_do_not_depend_on_the_order_of_sets_and_maps() {
    var one = new LinkedHashSet<>(List.of("a", "b", "c"));
    var other = new LinkedHashSet<>(List.of("c", "b", "a"));
    assertThat(Toy.FIELDS.fingerprints(Toy.WISH.withRules(one), NO_IDS))
        .isEqualTo(Toy.FIELDS.fingerprints(Toy.WISH.withRules(other), NO_IDS));
  }

  @Test
  void fingerprints_tell_each_field_apart() {
    var before = Toy.FIELDS.fingerprints(Toy.WISH, NO_IDS);
    var after =
        Toy.FIELDS.fingerprints(
            Toy.WISH.withSize("big").withTags(Map.of("Name", "bus")).withRules(Set.of()), NO_IDS);
    assertThat(before.keySet()).isEqualTo(after.keySet());
    assertThat(before.keySet().stream().filter(f -> !Objects.equals(before.get(f), after.get(f))))
        .containsExactly("rules", "size", "tags");
  }

  @Test
  void what_is_not_said_has_no_fingerprint() {
    assertThat(Toy.FIELDS.fingerprints(Toy.WISH.withSize(null).withRules(null), NO_IDS))
        .doesNotContainKeys("size", "rules", "peer");
  }

  @Test
  void a_fingerprint_says_nothing_of_the_value() {
    assertThat(Toy.FIELDS.fingerprints(Toy.WISH, NO_IDS).values())
        .allMatch(print -> print.matches("[0-9a-f]{8}"));
  }

  @Test
  void a_table_shows_its_fields_and_kinds() {
    assertThat(Toy.FIELDS)
        .hasToString(
            "[tags=RECONCILED, size=RECONCILED, engine=IMMUTABLE, power=STATE, zone=OBSERVED_ONLY, "
                + "password=WRITE_ONLY, origin=AT_CREATION, rules=RECONCILED, peer=RECONCILED]");
  }

  private static final FieldTable<Map<String, String>, Map<String, String>> SETTINGS =
      FieldTable.<Map<String, String>, Map<String, String>>empty()
          .settings(
              "settings",
              FieldKind.RECONCILED,
              name -> name.equals("lock") ? DriftClass.SECURITY : DriftClass.RELEASE,
              (d, ids) -> d,
              l -> l);

  @Test
  void of_settings_each_one_that_is_missing_different_or_surplus_is_a_difference_of_its_class() {
    assertThat(
            SETTINGS.compare(
                Map.of("lock", "1", "speed", "2", "same", "x"),
                Map.of("speed", "3", "same", "x", "more", "y"),
                NO_IDS,
                Map.of()))
        .extracting(Difference::path, Difference::desired, Difference::live, Difference::driftClass)
        .containsExactly(
            tuple("settings[lock]", "1", Drift.ABSENT, DriftClass.SECURITY),
            tuple("settings[more]", Drift.ABSENT, "y", DriftClass.RELEASE),
            tuple("settings[speed]", "2", "3", DriftClass.RELEASE));
  }

  @Test
  void what_others_put_there_is_a_difference_that_is_only_reported() {
    var table =
        FieldTable.<String, Set<String>>empty()
            .foreign("guests", DriftClass.SECURITY, (l, ids) -> l);
    assertThat(table.compare("wish", Set.of("b", "a"), NO_IDS, Map.of()))
        .extracting(Difference::path, Difference::kind)
        .containsExactly(
            tuple("guests[a]", FieldKind.REPORTED), tuple("guests[b]", FieldKind.REPORTED));
    assertThat(table.fingerprints("wish", NO_IDS)).isEmpty();
  }
}
