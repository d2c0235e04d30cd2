package dev.appenv.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final Map<String, String> VALUES =
      Map.of("PGHOST", "db.example", "PGPORT", "5432", "ODD", "a$1\\${PGPORT}");

  @Test
  void names_stand_for_values() {
    assertThat(new Template("jdbc:postgresql://${PGHOST}:${PGPORT}/app").fill(VALUES))
        .contains("jdbc:postgresql://db.example:5432/app");
  }

  @Test
  void two_dollars_are_one() {
    assertThat(new Template("$${PGHOST} costs 5 $$").fill(VALUES)).contains("${PGHOST} costs 5 $");
  }

  @Test
  void a_text_without_names_is_itself() {
    assertThat(new Template("production").fill(Map.of())).contains("production");
  }

  @Test
  void a_value_is_taken_as_it_is() {
    assertThat(new Template("<${ODD}>").fill(VALUES)).contains("<a$1\\${PGPORT}>");
  }

  @Test
  void what_is_not_known_leaves_it_open() {
    assertThat(new Template("${PGHOST}${REDIS_URL}").fill(VALUES)).isEmpty();
  }

  @Test
  void its_names_are_those_it_needs() {
    assertThat(new Template("$${NO} ${B} ${A_1} ${B}").names()).containsExactly("A_1", "B");
  }

  @Test
  void outputs_are_told_under_other_names_too() {
    var outputs =
        Outputs.of(VALUES)
            .with(
                Map.of(
                    "HOST", new Template("${PGHOST}"),
                    "PGPORT", new Template("0${PGPORT}"),
                    "CACHE", new Template("${REDIS_URL}")));
    assertThat(outputs.values())
        .containsEntry("HOST", "db.example")
        .containsEntry("PGHOST", "db.example")
        .containsEntry("PGPORT", "05432")
        .doesNotContainKey("CACHE");
  }

  @Test
  void one_is_made_of_what_the_environment_gives_and_not_of_another() {
    var outputs =
        Outputs.of(VALUES)
            .with(Map.of("PGPORT", new Template("1"), "PORT", new Template("${PGPORT}")));
    assertThat(outputs.values()).containsEntry("PGPORT", "1").containsEntry("PORT", "5432");
  }
}
