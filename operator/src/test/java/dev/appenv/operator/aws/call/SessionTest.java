package dev.appenv.operator.aws.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.Owner;
import org.junit.jupiter.api.Test;

/** What CloudTrail shows of who called. */
class SessionTest {
  private static String name(String namespace, String name) {
    return Session.of(new Owner("c", "uid", namespace, name)).name();
  }

  @Test
  void it_is_named_after_the_environment() {
    assertThat(name("shop", "shop-main")).isEqualTo("shop.shop-main");
    assertThat(name("shop", "v1.2")).isEqualTo("shop.v1.2");
  }

  @Test
  void what_is_shared_is_named_after_the_cluster() {
    assertThat(Session.ofCluster("0c6f2f0e-6d3f-4f0e-9a55-2b0b7a3f4d11").name())
        .isEqualTo("appenv-0c6f2f0e-6d3f-4f0e-9a55-2b0b7a3f4d11");
    assertThat(Session.ofCluster("lab/1 ä").name()).isEqualTo("appenv-lab-1--");
  }

  @Test
  void a_long_name_is_cut_and_still_of_one_environment() {
    var a = name("n".repeat(63), "e".repeat(50));
    var b = name("n".repeat(63), "f".repeat(50));
    assertThat(a).hasSize(64).startsWith("n".repeat(51) + "-").matches("[\\w+=,.@-]+");
    assertThat(b).hasSize(64).isNotEqualTo(a);
    assertThat(name("n".repeat(53), "e".repeat(10))).hasSize(64).doesNotContain("-");
  }

  @Test
  void it_ends_with_its_work() {
    var otherwise = new Session("shared");
    var inside = new Session("inside").run(() -> Session.current(otherwise));
    assertThat(inside.name()).isEqualTo("inside");
    assertThat(Session.current(otherwise)).isEqualTo(otherwise);
  }
}
