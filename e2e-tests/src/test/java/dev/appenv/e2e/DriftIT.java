package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.DriftStatus;
import dev.appenv.e2e.bed.Aws;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.History;
import dev.appenv.e2e.bed.Machine;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is changed on the machine is named, and put back; what becomes of the rest is the table's.
 */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class DriftIT {
  private static final int POSTGRES = 5432;
  private static final String GROUP = "network.machineSecurityGroup";

  private final TestBed bed;
  private final Aws aws;
  private final Environment shop;

  DriftIT(TestBed bed) {
    this.bed = bed;
    this.aws = bed.aws();
    this.shop = bed.environment("drift").create();
  }

  @BeforeAll
  void live() {
    bed.untilDeletionsEnd();
    shop.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
  }

  @BeforeEach
  void nothingDiffers() {
    shop.untilReady();
  }

  @AfterEach
  void everythingIsRepaired() {
    shop.change("{drift: null, suspend: null}");
    shop.untilReady();
  }

  @Test
  void a_container_that_was_removed_is_named_and_comes_back() {
    try (var history = shop.watch()) {
      machine().run("docker rm -f " + machine().containers("frontend"));
      named(history, d -> d.resource().equals("release.frontend"), "release", "Repairing");
      shop.untilReady();
    }
    assertThat(shop.page()).contains("v1");
  }

  @Test
  void a_container_that_was_stopped_is_named_and_starts() {
    var container = machine().containers("backend");
    try (var history = shop.watch()) {
      machine().run("docker stop " + container);
      named(
          history,
          d -> d.resource().equals("release.backend") && d.field().equals("state"),
          "release",
          "Repairing");
      shop.untilReady();
    }
    assertThat(machine().containers("backend")).isEqualTo(container);
    assertThat(shop.page()).contains("v1");
  }

  @Test
  void a_container_that_was_added_is_named_and_stopped_but_not_removed() {
    var image = machine().run("docker inspect -f {{.Image}} " + machine().containers("frontend"));
    try (var history = shop.watch()) {
      machine().run("docker run -d --name intruder --entrypoint sleep " + image + " 3600");
      named(
          history,
          d -> d.resource().equals("release") && d.field().contains("intruder"),
          "release",
          "Repairing");
      shop.untilReady();
    }
    assertThat(machine().run("docker ps -a --filter name=intruder --format {{.State}}"))
        .isEqualTo("exited");
    machine().run("docker rm intruder");
  }

  @Test
  void an_image_that_was_changed_is_named_and_put_back() {
    var before = running("frontend");
    // Only reported at first, or it would be repaired while it is still being changed.
    shop.change("{drift: {policy: {release: Report}}}");
    shop.untilReady();
    machine()
        .run(
            """
            cd /opt/appenv/current
            sed -i 's#image: .*/shop/frontend:v1.*#image: "%s"#' docker-compose.override.yml
            docker compose -p app -f docker-compose.yml -f docker-compose.override.yml up -d --no-deps frontend
            """
                .formatted(running("backend")));
    shop.until(
        SOON,
        it ->
            assertThat(it.drift())
                .filteredOn(d -> d.resource().equals("release.frontend"))
                .anySatisfy(d -> {
                  assertThat(d.field()).isEqualTo("image");
                  assertThat(d.live()).contains("/shop/backend:v1");
                  assertThat(d.desired()).isEqualTo(before);
                }));
    shop.change("{drift: null}");
    shop.untilReady();
    assertThat(running("frontend")).isEqualTo(before);
    assertThat(shop.page()).contains("v1");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"{drift: {policy: {security: Report, release: Report}}}", "{suspend: true}"})
  void what_is_only_to_be_reported_is_not_changed(String spec) {
    shop.change(spec);
    shop.untilReady();
    var before = aws.mark();
    aws.openPort(group(), POSTGRES);
    machine().run("docker rm -f " + machine().containers("frontend"));
    bothReported();
    seenAgain();
    assertThat(before.changes()).isEmpty();
    assertThat(aws.isOpen(group(), POSTGRES)).isTrue();
    assertThat(machine().containers("frontend")).isEmpty();
  }

  @Test
  void what_is_to_be_ignored_is_not_named() {
    shop.change("{drift: {policy: {release: Ignore}}}");
    shop.untilReady();
    try (var history = shop.watch()) {
      machine().run("docker rm -f " + machine().containers("frontend"));
      shop.untilCondition(SOON, "Healthy", "False", c -> {});
      seenAgain();
      assertThat(history.drift()).isEmpty();
    }
    assertThat(machine().containers("frontend")).isEmpty();
  }

  private String running(String service) {
    return shop.services().stream()
        .filter(s -> s.name().equals(service))
        .map(s -> String.valueOf(s.running()))
        .findFirst()
        .orElseThrow();
  }

  private void bothReported() {
    shop.until(
        SOON,
        it -> {
          assertThat(it.drift()).extracting("resource").contains(GROUP, "release.frontend");
          assertThat(it.drift()).extracting("action").containsOnly("Reported");
        });
  }

  /** The operator has looked at AWS twice more. */
  private void seenAgain() {
    var mark = aws.mark();
    shop.until(
        SOON,
        it ->
            assertThat(mark.counts().getOrDefault("DescribeSecurityGroups", 0L)).isGreaterThan(1));
  }

  private void named(
      History history, Predicate<DriftStatus> drift, String driftClass, String action) {
    shop.until(
        SOON,
        it ->
            assertThat(history.drift())
                .filteredOn(drift)
                .anySatisfy(d -> {
                  assertThat(d.driftClass()).isEqualTo(driftClass);
                  assertThat(d.action()).isEqualTo(action);
                }));
  }

  private String group() {
    return shop.id(GROUP);
  }

  private Machine machine() {
    return shop.machine();
  }
}
