package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The small values that the rest relies on. */
class ValuesTest {
  private static final Owner OWNER = new Owner("cluster", "uid-1", "shop", "main");
  private static final LogicalName VPC = LogicalName.of("network.vpc");

  @Test
  void the_token_of_an_intent_is_the_same_for_the_same_beginning_and_fits_aws() {
    var now = Instant.parse("2026-11-22T09:00:00Z");
    var intent = Intent.begin(OWNER, VPC, now);
    assertThat(intent).isEqualTo(Intent.begin(OWNER, VPC, now));
    assertThat(intent.token()).hasSizeLessThanOrEqualTo(36);
  }

  @Test
  void tokens_of_different_creates_differ() {
    var now = Instant.parse("2026-11-22T09:00:00Z");
    var other = new Owner("cluster", "uid-2", "shop", "main");
    assertThat(
            Stream.of(
                    Intent.begin(OWNER, VPC, now),
                    Intent.begin(OWNER, LogicalName.of("network.gateway"), now),
                    Intent.begin(OWNER, VPC, now.plusSeconds(1)),
                    Intent.begin(other, VPC, now))
                .map(Intent::token))
        .doesNotHaveDuplicates();
  }

  @Test
  void what_must_be_there_and_is_not_is_named() {
    assertThatThrownBy(() -> ((Ids) name -> null).require(VPC))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("network.vpc has no id yet");
    assertThat(((Ids) name -> "vpc-1").require(VPC)).isEqualTo("vpc-1");
  }

  @Test
  void an_observation_gives_ids_of_what_was_seen_only() {
    var seen =
        new Observation(
            Map.of(VPC, new Facet.Observed(Toy.AS_WISHED), Toy.NAME, new Facet.Unknown("denied")));
    assertThat(seen.idOf(VPC)).isEqualTo("toy-1");
    assertThat(seen.idOf(Toy.NAME)).isNull();
    assertThat(seen.nothingLeft()).isFalse();
  }

  @Test
  void nothing_is_left_only_when_each_is_known_to_be_absent() {
    assertThat(new Observation(Map.of(VPC, new Facet.Absent())).nothingLeft()).isTrue();
    assertThat(new Observation(Map.of(VPC, new Facet.Unknown("denied"))).nothingLeft()).isFalse();
    assertThat(new Observation(Map.of(VPC, new Facet.Duplicates(List.of("a", "b")))).nothingLeft())
        .isFalse();
  }

  @Test
  void a_slot_depends_on_what_it_needs_and_on_what_it_comes_after() {
    var slot =
        new Slot<>(Toy.NAME, Toy.KEPT.type()).needs(VPC).after(LogicalName.of("network.routes"));
    assertThat(slot.dependsOn(VPC)).isTrue();
    assertThat(slot.dependsOn(LogicalName.of("network.routes"))).isTrue();
    assertThat(slot.dependsOn(LogicalName.of("network.other"))).isFalse();
  }

  @Test
  void a_machine_does_not_show_its_user_data() {
    assertThat(new Wish.Machine("ssh-ed25519 AAAA", "#cloud-config secret").toString())
        .doesNotContain("secret");
  }

  @Test
  void drift_classes_have_the_names_that_users_write() {
    assertThat(Stream.of(DriftClass.values()).map(DriftClass::label))
        .containsExactly("security", "data", "cost", "release", "cosmetic");
  }

  @Test
  void reasons_read_as_conditions_do() {
    assertThat(Stream.of(Blocked.Reason.values()).map(Blocked.Reason::condition))
        .allMatch(reason -> reason.matches("[A-Z][A-Za-z]+"));
  }

  @Test
  void steps_read_as_sentences() {
    assertThat(Step.Create.first(VPC)).hasToString("create network.vpc");
    assertThat(Step.Create.again(VPC, "toy-1")).hasToString("create again network.vpc");
    assertThat(new Step.Delete(VPC, "vpc-1", "not wanted"))
        .hasToString("delete network.vpc vpc-1 (not wanted)");
  }

  @Test
  void an_owner_is_known_by_namespace_and_name() {
    assertThat(OWNER.path()).isEqualTo("shop/main");
  }

  @Test
  void names_are_ordered_by_their_text() {
    assertThat(VPC).isGreaterThan(LogicalName.of("compute.instance")).hasToString("network.vpc");
  }
}
