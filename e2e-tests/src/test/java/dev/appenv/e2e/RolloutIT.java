package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.LIVE_WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Load;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody who uses the application notices a release, whatever becomes of it. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RolloutIT {
  private static final int RATE = 120;
  private static final Pattern VERSION = Pattern.compile("\"version\": ?\"(v\\d)");

  private final TestBed bed;
  private final Environment shop;

  RolloutIT(TestBed bed) {
    this.bed = bed;
    this.shop =
        bed.environment("rollout")
            .spec("{ingress: {routes: [{path: /api, service: backend, port: 8000}]}}")
            .create();
  }

  @BeforeAll
  void live() {
    shop.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
  }

  @BeforeEach
  void versionOneServes() {
    releases("v1");
  }

  private void releases(String version) {
    var commit = shop.git().pushShop(version);
    shop.until(LIVE_WITHIN, it -> assertThat(it.release().commit()).isEqualTo(commit));
    shop.untilReady();
  }

  /** All that was answered while this was done. */
  private List<Load.Answer> answersWhile(Runnable work) {
    var url = shop.url();
    try (var load = bed.load(RATE, url + "api/v1/release", url + "healthz")) {
      work.run();
      return load.end();
    }
  }

  /** The versions that answered, one after the other; an answer without one is none. */
  private static List<String> versions(List<Load.Answer> answers) {
    var versions = new ArrayList<String>();
    for (var answer : answers) {
      var version = VERSION.matcher(answer.text());
      if (version.find() && (versions.isEmpty() || !versions.getLast().equals(version.group(1))))
        versions.add(version.group(1));
    }
    return versions;
  }

  private static void noneFailed(List<Load.Answer> answers) {
    assertThat(answers).filteredOn(Load.Answer::failed).isEmpty();
    var seconds = answers.getLast().at() - answers.getFirst().at();
    System.out.printf(
        "%d requests in %.1f s (%.0f a second), 0 failed; answered by %s%n",
        answers.size(), seconds, answers.size() / seconds, versions(answers));
  }

  @Test
  void a_new_version_takes_over_without_a_request_that_fails() {
    var answers = answersWhile(() -> releases("v2"));

    noneFailed(answers);
    assertThat(versions(answers)).containsExactly("v1", "v2");
  }

  @Test
  void a_version_that_never_gets_healthy_serves_no_request() {
    shop.change("{release: {timeout: 15s}}");
    var answers =
        answersWhile(() -> {
          shop.git().pushShop("v3-broken");
          shop.untilCondition(
              LIVE_WITHIN, "Released", "False", c -> assertThat(c.reason()).isEqualTo("Unhealthy"));
        });

    noneFailed(answers);
    assertThat(versions(answers)).containsExactly("v1");
    assertThat(shop.condition("Released").message()).contains("serves on");
  }

  @Test
  void going_back_is_a_release_like_any_other() {
    releases("v2");
    var answers = answersWhile(() -> releases("v1"));

    noneFailed(answers);
    assertThat(versions(answers)).containsExactly("v2", "v1");
  }
}
