package dev.appenv.operator.aws.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import org.junit.jupiter.api.Test;

class ResourceNamesTest {
  private static final LogicalName NAME = LogicalName.of("cache.replicationGroup");

  private static String nameFor(String cluster, String uid) {
    return ResourceNames.of(new Owner(cluster, uid, "shop", "shop-main"), NAME);
  }

  @Test
  void a_name_is_short_and_the_same_each_time() {
    assertThat(nameFor("c", "u")).matches("appenv-[0-9a-f]{20}").isEqualTo(nameFor("c", "u"));
  }

  @Test
  void each_cluster_environment_and_resource_has_another() {
    var other = new Owner("c", "u", "shop", "shop-main");
    assertThat(nameFor("c", "u"))
        .isNotEqualTo(nameFor("d", "u"))
        .isNotEqualTo(nameFor("c", "v"))
        .isNotEqualTo(ResourceNames.of(other, LogicalName.of("cache.subnetGroup")));
  }
}
