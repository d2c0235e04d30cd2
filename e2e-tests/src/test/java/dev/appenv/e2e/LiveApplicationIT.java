package dev.appenv.e2e;

import static dev.appenv.e2e.bed.Environment.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.api.ReleaseStatus.ServiceStatus;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class LiveApplicationIT {
  private static final int ETCD_FRIENDLY = 64 * 1024;

  private final TestBed bed;
  private final Environment shop;

  LiveApplicationIT(TestBed bed) {
    this.bed = bed;
    this.shop = bed.environment("live").create();
  }

  @BeforeAll
  void aBranchBecomesALiveApplication() {
    shop.untilReady();
  }

  @AfterAll
  void goes() {
    shop.delete();
  }

  @Test
  void its_page_shows_the_version_and_data_of_the_database() {
    assertThat(shop.page()).contains("v1").containsIgnoringCase("item");
  }

  @Test
  void its_status_has_the_commit_and_each_image_with_its_digest() {
    var status = shop.status();
    var release = shop.release();
    var commit = release.commit();
    assertThat(commit).matches("[0-9a-f]{40}");
    assertThat(status.revision()).isEqualTo(commit.substring(0, 7));
    assertThat(shop.services())
        .extracting(ServiceStatus::name)
        .containsExactly("backend", "db", "frontend");
    assertThat(shop.services())
        .allSatisfy(service -> {
          assertThat(service.running())
              .matches(".+/shop/" + service.name() + ":\\w+@sha256:[0-9a-f]{64}");
          assertThat(service.desired()).isEqualTo(service.running());
          assertThat(service.health()).isEqualTo("Healthy");
        });
  }

  @Test
  void scripts_can_wait_for_it() {
    assertThat(
            bed.kubectl(
                "wait",
                "-n",
                shop.namespace(),
                "appenvironment/" + shop.name(),
                "--for=condition=Ready",
                "--timeout=30s"))
        .contains("condition met");
  }

  @Test
  void it_is_read_anew_when_its_annotation_asks_for_it() {
    bed.kubectl(
        "annotate",
        "-n",
        shop.namespace(),
        "appenvironment/" + shop.name(),
        "appenv.dev/refresh=by-hand");
    shop.until(SOON, it -> assertThat(it.status().lastHandledRefresh()).isEqualTo("by-hand"));
    shop.untilReady();
  }

  @Test
  void its_object_stays_small() {
    assertThat(Serialization.asJson(shop.get()).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(ETCD_FRIENDLY);
  }

  @Test
  void no_secret_is_in_its_status_or_events() {
    var key =
        bed.kubernetes()
            .secrets()
            .inNamespace(shop.namespace())
            .withName(shop.name() + "-ssh")
            .require()
            .getData()
            .get("ssh-privatekey");
    assertThat(Serialization.asJson(shop.get()) + Serialization.asJson(shop.events()))
        .doesNotContain("PRIVATE KEY", key, bed.registryPassword());
  }

  @Test
  void people_were_told_that_it_is_live() {
    assertThat(shop.events()).extracting("reason").contains("Released", "Ready");
  }
}
