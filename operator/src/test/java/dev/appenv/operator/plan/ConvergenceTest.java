package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class ConvergenceTest {
  private static SortedMap<String, String> settled(
      Toy.Desired wish, Toy.LiveToy live, History history) {
    var noted =
        Convergence.of(
            new DesiredEnvironment(List.of(Toy.KEPT.wants(wish))),
            new Observation(Map.of(Toy.NAME, new Facet.Observed(live))),
            history);
    return Objects.requireNonNull(noted.get(Toy.NAME));
  }

  private static SortedMap<String, String> prints(Toy.Desired wish) {
    return Toy.FIELDS.fingerprints(wish, name -> null);
  }

  @Test
  void all_wishes_that_are_seen_to_hold_are_noted() {
    var seen = prints(Toy.WISH);
    seen.remove("password");
    seen.remove("origin");
    assertThat(settled(Toy.WISH, Toy.AS_WISHED, History.NONE)).isEqualTo(seen);
  }

  @Test
  void a_wish_that_does_not_hold_yet_is_not_noted() {
    assertThat(settled(Toy.WISH, Toy.AS_WISHED.withSize("big"), History.NONE))
        .doesNotContainKey("size")
        .containsKey("rules");
  }

  @Test
  void a_wish_that_held_before_stays_noted_while_somebody_elses_change_stands() {
    var history = new History(Map.of(Toy.NAME, Toy.fulfilled(Toy.WISH, "toy-1")));
    assertThat(settled(Toy.WISH, Toy.AS_WISHED.withSize("big"), history))
        .isEqualTo(prints(Toy.WISH));
  }

  @Test
  void a_new_wish_replaces_the_noted_one_only_when_it_holds() {
    var history = new History(Map.of(Toy.NAME, Toy.fulfilled(Toy.WISH, "toy-1")));
    var wish = Toy.WISH.withSize("big");
    assertThat(settled(wish, Toy.AS_WISHED, history)).isEqualTo(prints(Toy.WISH));
    assertThat(settled(wish, Toy.AS_WISHED.withSize("big"), history)).isEqualTo(prints(wish));
  }

  @Test
  void what_was_not_seen_is_left_as_it_was_noted() {
    var desired = new DesiredEnvironment(List.of(Toy.KEPT.wants(Toy.WISH)));
    for (var facet :
        List.of(
            new Facet.Absent(),
            new Facet.Unknown("throttled"),
            new Facet.Duplicates(List.of("toy-1", "toy-2"))))
      assertThat(Convergence.of(desired, new Observation(Map.of(Toy.NAME, facet)), History.NONE))
          .isEmpty();
  }
}
