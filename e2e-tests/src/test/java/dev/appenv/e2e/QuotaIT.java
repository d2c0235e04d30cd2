package dev.appenv.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.api.AwsAccount;
import dev.appenv.e2e.bed.Environment;
import dev.appenv.e2e.bed.Fault;
import dev.appenv.e2e.bed.TestBed;
import dev.appenv.e2e.bed.TestBedExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new environment waits for room under AWS's quotas, over the wire. */
@ExtendWith(TestBedExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class QuotaIT {
  /** What AWS documents; that is taken where the account's own limit may not be read. */
  private static final int VPCS = 5;

  private static final Duration ROOM_IS_SEEN_WITHIN = Duration.ofMinutes(2);

  private final TestBed bed;
  private final List<String> foreign = new ArrayList<>();

  QuotaIT(TestBed bed) {
    this.bed = bed;
  }

  @BeforeAll
  void full() {
    bed.untilDeletionsEnd();
    var there = bed.aws().ec2().describeVpcs().vpcs().size();
    for (var i = there; i < VPCS; i++) foreign.add(bed.aws().foreignVpc(Map.of()));
    // So that no limit is known from before.
    bed.operator().restart();
  }

  @AfterAll
  void goes() {
    foreign.forEach(id -> bed.aws().ec2().deleteVpc(r -> r.vpcId(id)));
  }

  @Test
  void a_new_environment_begins_nothing_until_all_fits_and_then_begins_by_itself() {
    try (var _ = bed.aws().with(Fault.on("GetServiceQuota").refused("AccessDeniedException"))) {
      var mark = bed.aws().mark();
      var shop = bed.environment("quota").create();
      shop.untilCondition(
          Environment.SOON,
          "Ready",
          "False",
          c -> {
            assertThat(c.reason()).isEqualTo("QuotaExceeded");
            assertThat(c.message())
                .contains("5 of 5 VPCs are used", "raise the quota L-F678F1CE of vpc to 6");
          });
      assertThat(mark.changes()).isEmpty();

      bed.aws().ec2().deleteVpc(r -> r.vpcId(foreign.removeFirst()));
      shop.until(ROOM_IS_SEEN_WITHIN, it -> assertThat(it.ids()).containsKey("network.vpc"));
      shop.delete();
    }
  }

  @Test
  void an_account_says_what_was_checked_beforehand() {
    await()
        .atMost(Environment.SOON)
        .untilAsserted(() -> {
          var status =
              bed.kubernetes().resources(AwsAccount.class).withName("lab").get().getStatus();
          assertThat(Objects.requireNonNull(status.conditions()))
              .extracting(c -> c.type() + " " + c.status())
              // The emulator has no simulator.
              .containsExactly("Ready True", "PermissionsComplete Unknown", "RegionsEnabled True");
        });
  }
}
