package dev.appenv.operator.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.AppEnvironmentStatus;
import dev.appenv.api.RecordToSetStatus;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.RecordToSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordsToSetTest {
  private static final Long GENERATION = 3L;
  private static final LogicalName RESOURCE = LogicalName.of("compute.address");
  private static final Observation SEEN = new Observation(Map.of(RESOURCE, new Facet.Absent()));
  private static final Observation UNSEEN =
      new Observation(Map.of(RESOURCE, new Facet.Unknown("AWS did not answer")));

  private static RecordToSet leading(String name) {
    return new RecordToSet("A", name, "192.0.2.7", "leads to the machine");
  }

  private static Report reported(RecordToSet... records) {
    var nothing = Report.of(null);
    return new Report(
        GENERATION,
        null,
        List.of(),
        null,
        null,
        List.of(),
        null,
        List.of(),
        null,
        null,
        List.of(),
        RecordsToSet.reported(List.of(records), SEEN, nothing, GENERATION));
  }

  private static List<String> names(
      List<RecordToSet> now, Observation observation, Report before, Long generation) {
    return RecordsToSet.reported(now, observation, before, generation).stream()
        .map(RecordToSetStatus::name)
        .toList();
  }

  @Test
  void what_is_to_be_set_is_told() {
    assertThat(RecordsToSet.reported(List.of(leading("a")), SEEN, reported(), GENERATION))
        .containsExactly(new RecordToSetStatus("A", "a", "192.0.2.7", "leads to the machine"));
  }

  @Test
  void what_need_not_be_set_any_more_is_not_told() {
    assertThat(names(List.of(leading("b")), SEEN, reported(leading("a")), GENERATION))
        .containsExactly("b");
  }

  @Test
  void what_was_told_stays_while_something_cannot_be_read() {
    assertThat(names(List.of(leading("b")), UNSEEN, reported(leading("a")), GENERATION))
        .containsExactly("b", "a");
  }

  @Test
  void what_was_told_for_another_spec_does_not_stay() {
    assertThat(names(List.of(), UNSEEN, reported(leading("a")), GENERATION + 1)).isEmpty();
  }

  @Test
  void a_record_is_told_once() {
    assertThat(
            names(List.of(leading("a"), leading("a")), UNSEEN, reported(leading("a")), GENERATION))
        .containsExactly("a");
  }

  @Test
  void no_more_are_told_than_status_has_room_for() {
    var many = IntStream.range(0, 50).mapToObj(i -> leading("name-" + i)).toList();
    assertThat(names(many, SEEN, reported(), GENERATION)).hasSize(20);
  }

  @Test
  void a_successor_knows_what_was_told() {
    AppEnvironmentStatus status = reported(leading("a")).with(List.of(), List.of(), null, null);
    assertThat(Report.of(status).recordsToSet())
        .isEqualTo(Objects.requireNonNull(status.recordsToSet()))
        .hasSize(1);
  }
}
