package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Fault;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What AWS does not say is not known; it is never taken for absent. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AwsFaultIT {
  private static final String CREATES = "Create.*|RunInstances|AllocateAddress|ImportKeyPair";

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;

  AwsFaultIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    // So that each look is a look at AWS.
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT1S").restart();
    this.shop = bed.environment("faults").create();
  }

  @BeforeAll
  void there() {
    bed.untilDeletionsEnd();
    shop.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
    bed.operator().with("APPENV_SWEEP_INTERVAL", "PT10S").restart();
  }

  @BeforeEach
  void known() {
    shop.nudge();
    shop.untilTrue("InfrastructureReady");
  }

  static Stream<Arguments> failures() {
    var reads = Fault.on("Describe.*");
    return Stream.of(
        Arguments.of("AccessDenied", reads.refused("UnauthorizedOperation"), "denied"),
        Arguments.of("throttling", reads.refused("RequestLimitExceeded"), "throttles"),
        Arguments.of("an internal error", reads.refused("InternalError"), "500"),
        Arguments.of("an outage", reads.refused("Unavailable"), "503"),
        Arguments.of("no answer", reads.dropped(), "did not answer"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void reads_that_fail_make_state_unknown_and_change_nothing(
      String name, Fault fault, String said) {
    var mark = aws.mark();
    try (var _ = aws.with(fault)) {
      shop.nudge();
      shop.untilCondition(
          SOON,
          "InfrastructureReady",
          "Unknown",
          c -> {
            assertThat(c.reason()).isEqualTo("ObservationFailed");
            assertThat(c.message()).contains(said);
          });
      assertThat(shop.page()).contains("v1");
    }
    shop.nudge();
    shop.untilTrue("InfrastructureReady");
    assertThat(mark.changes()).isEmpty();
  }

  @Test
  void an_empty_answer_to_any_read_changes_nothing() {
    var look = aws.mark();
    shop.refresh();
    var reads =
        look.counts().keySet().stream()
            .filter(a -> a.startsWith("Describe"))
            // Tells of others only: that there are none is no absence of ours.
            .filter(a -> !a.equals("DescribeNetworkInterfaces"))
            .toList();
    assertThat(reads).hasSizeGreaterThan(6);
    for (var read : reads) {
      var mark = aws.mark();
      try (var _ = aws.with(Fault.on(read).empty())) {
        shop.nudge();
        shop.until(
            SOON, it -> assertThat(mark.counts().getOrDefault(read, 0L)).as(read).isGreaterThan(1));
        shop.untilCondition(
            SOON, "InfrastructureReady", "Unknown", c -> assertThat(c.message()).isNotBlank());
      }
      shop.nudge();
      shop.untilTrue("InfrastructureReady");
      assertThat(mark.changes()).as(read).isEmpty();
    }
  }

  @Test
  void creates_whose_answers_are_lost_happen_once() {
    var before = aws.inventory();
    Environment other;
    try (var _ = aws.with(Fault.on(CREATES).dropped().afterItTookEffect().times(8))) {
      other = bed.environment("lost").create();
      other.untilInfrastructureReady();
    }
    var made = aws.inventory().without(before);
    assertThat(made.duplicates()).isEmpty();
    assertThat(made.ids()).containsAll(other.ids().values());
    assertThat(made.of(other)).as("nothing without an owner").isEqualTo(made);
    other.delete();
    other.untilGone();
    assertThat(aws.inventory().without(before).ids()).isEmpty();
  }

  @Test
  void creates_that_are_throttled_or_fail_are_tried_again() {
    Environment other;
    try (var _ =
        aws.with(
            Fault.on(CREATES).refused("RequestLimitExceeded").times(4),
            Fault.on(CREATES).refused("InternalError").afterItTookEffect().times(4))) {
      other = bed.environment("throttled").create();
      other.untilInfrastructureReady();
    }
    assertThat(aws.inventory().of(other).duplicates()).isEmpty();
    other.delete();
    other.untilGone();
  }

  @Test
  void a_denied_create_is_named_until_it_is_allowed() {
    Environment other;
    try (var _ = aws.with(Fault.on("RunInstances").refused("UnauthorizedOperation"))) {
      other = bed.environment("denied").create();
      other.untilCondition(
          SOON,
          "Stalled",
          "True",
          c -> {
            assertThat(c.reason()).isEqualTo("AccessDenied");
            assertThat(c.message()).contains("compute.instance").contains("permission");
          });
    }
    other.untilInfrastructureReady();
    other.delete();
    other.untilGone();
  }
}
