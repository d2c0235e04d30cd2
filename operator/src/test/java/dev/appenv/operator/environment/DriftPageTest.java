package dev.appenv.operator.environment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.aws.hand.Hand;
import dev.appenv.operator.aws.hand.Hands;
import dev.appenv.operator.aws.hand.Promises;
import dev.appenv.operator.aws.hand.Promises.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for users that says which fields are watched comes from the field tables themselves. */
class DriftPageTest {
  private static final Path PAGE = Path.of("..", "docs", "drift.md");

  private static final String INTRODUCTION =
      """
      # What is watched

      Every field below is compared with what the specification asks for each time AWS is read. What differs, and nobody asked for in the specification,
      is drift: it is in `status.drift` with the class given here, and `spec.drift` says by class, resource and field whether it is put back, reported or
      ignored.

      | kind | what it means |
      |---|---|
      | `RECONCILED` | compared, and put back |
      | `STATE` | the same; while a change of ours is under way it may differ |
      | `IMMUTABLE` | compared; AWS cannot change it in place, so it is reported and a person decides; what nothing is lost with is replaced |
      | `OBSERVED_ONLY` | read; AWS may move it, and it is never drift |
      | `WRITE_ONLY` | AWS never shows it; set again when the wish for it has changed |
      | `FOLLOW_UP` | what remains to be done after a change, such as a restart; done as far as the policy for its class says, and never drift |
      | `REPORTED` | what others put there; told, and never touched |
      | `AT_CREATION` | matters when the resource is made, and is not looked at afterwards |

      Lists in any order, CIDR blocks, policies and names in other ways of writing that mean the same are equal. Tags of others, minor versions of engines
      and values that AWS has noted for the next maintenance window are no drift. Those `parameters` of a database that encrypt connections or keep
      passwords are of class security.

      Made by `DriftPageTest` from the field tables in the code; `DriftTest` changes every one of these fields by hand and looks what becomes of it,
      and so does `DriftTableIT` over the wire.
      """;

  @Test
  void is_as_the_code_has_it() throws IOException {
    var page = page();
    var before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    Files.writeString(PAGE, page);
    assertThat(before)
        .as("docs/drift.md was not as the code has it; it is written anew, look at it and commit")
        .isEqualTo(page);
  }

  private static String page() {
    var types =
        Promises.ALL.values().stream()
            .collect(
                groupingBy(
                    p -> p.resource().replaceAll("\\..*", "") + " " + p.title(),
                    LinkedHashMap::new,
                    toList()));
    return Stream.concat(
            Stream.of(INTRODUCTION), types.values().stream().map(DriftPageTest::section))
        .collect(joining("\n"));
  }

  private static String section(List<Promise> type) {
    var whole = type.stream().filter(p -> p.field() == null).toList();
    var names = whole.stream().map(p -> "`" + p.resource() + "`").collect(joining(", "));
    var first = whole.getFirst();
    var rows =
        type.stream()
            .filter(p -> p.resource().equals(first.resource()) && p.field() != null)
            .map(p ->
                "| `%s` | `%s` | %s | %s |%n"
                    .formatted(p.field(), p.kindName(), p.driftClass().label(), fate(p)))
            .collect(joining());
    return """
    ## %s

    %s. When it is gone: class %s; %s.

    | field | kind | class | changed by hand |
    |---|---|---|---|
    %s\
    """
        .formatted(
            first.title().substring(0, 1).toUpperCase(Locale.ROOT) + first.title().substring(1),
            names,
            first.driftClass().label(),
            first.isPutRight() ? "made again" : "made again, empty, only when a person says so",
            rows);
  }

  private static String fate(Promise promise) {
    return Hands.ALL.stream()
        .filter(hand -> hand.name().equals(promise.name()))
        .map(hand ->
            switch (hand) {
              case Hand.Change _ ->
                  promise.isPutRight() ? "put back" : "reported, for a person to decide";
              case Hand.Told told -> "told, and never touched: " + told.why();
              case Hand.Left left -> "left: " + left.why();
              case Hand.Never never -> "never: " + never.why();
            })
        .findFirst()
        .orElse("?");
  }
}
