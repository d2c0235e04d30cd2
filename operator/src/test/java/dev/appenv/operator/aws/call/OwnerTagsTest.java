package dev.appenv.operator.aws.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTagsTest {
  private static final Owner OWNER = new Owner("cluster-1", "uid-1", "shop", "main");
  private static final LogicalName VPC = LogicalName.of("network.vpc");

  @Test
  void what_is_tagged_is_known_again() {
    assertThat(OwnerTags.read(OwnerTags.of(OWNER, VPC)))
        .contains(new OwnerTags.Mark("cluster-1", "uid-1", VPC));
  }

  @ParameterizedTest
  @ValueSource(strings = {OwnerTags.CLUSTER, OwnerTags.UID, OwnerTags.RESOURCE})
  void a_resource_without_one_of_the_marks_is_not_ours(String key) {
    var tags = new TreeMap<>(OwnerTags.of(OWNER, VPC));
    tags.remove(key);
    assertThat(OwnerTags.read(tags)).isEmpty();
  }

  @Test
  void a_mark_is_of_its_owner_by_cluster_and_uid_whatever_the_name() {
    var mark = new OwnerTags.Mark("cluster-1", "uid-1", VPC);
    assertThat(mark.isOf(new Owner("cluster-1", "uid-1", "other", "name"))).isTrue();
    assertThat(mark.isOf(new Owner("cluster-1", "uid-2", "shop", "main"))).isFalse();
    assertThat(mark.isOf(new Owner("cluster-2", "uid-1", "shop", "main"))).isFalse();
  }

  @Test
  void what_comes_with_another_resource_fills_no_slot() {
    assertThat(OwnerTags.read(OwnerTags.withoutResource(OwnerTags.of(OWNER, VPC)))).isEmpty();
  }

  @Test
  void what_was_given_up_is_known_by_the_retained_tag_and_only_without_the_mark() {
    var given = OwnerTags.retained(OWNER, VPC);
    assertThat(OwnerTags.isRetained(given, OWNER)).isTrue();
    assertThat(OwnerTags.isRetained(given, new Owner("cluster-1", "uid-1", "shop", "other")))
        .isFalse();
    var half = new TreeMap<>(given);
    half.putAll(OwnerTags.of(OWNER, VPC));
    assertThat(OwnerTags.isRetained(half, OWNER)).isFalse();
  }
}
