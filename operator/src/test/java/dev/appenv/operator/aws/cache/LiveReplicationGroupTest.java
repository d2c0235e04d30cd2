package dev.appenv.operator.aws.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appenv.operator.plan.Phase;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;

/** What AWS's words mean. */
class LiveReplicationGroupTest {
  private static LiveReplicationGroup read(Consumer<ReplicationGroup.Builder> change) {
    var group =
        ReplicationGroup.builder()
            .replicationGroupId("appenv-1")
            .arn("arn:aws:elasticache:eu-central-1:123456789012:replicationgroup:appenv-1")
            .status("available")
            .cacheNodeType("cache.t4g.micro");
    change.accept(group);
    return LiveReplicationGroup.of(group.build(), List.of(), Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "creating, PENDING",
    "available, READY",
    "snapshotting, READY",
    "modifying, PENDING",
    "deleting, DELETING",
    "create-failed, FAILED",
    "what AWS may yet think of, PENDING",
  })
  void a_status_means(String status, Phase expected) {
    assertThat(read(g -> g.status(status)).phase()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"enabled, enabled", "enabling, enabled", "disabling, disabled", ", disabled"})
  void failover_on_its_way_is_as_it_will_be(String status, String expected) {
    assertThat(read(g -> g.automaticFailover(status)).failover()).isEqualTo(expected);
  }

  @Test
  void encryption_without_a_mode_is_required() {
    assertThat(read(g -> g.transitEncryptionEnabled(true)).encryptionInTransit())
        .isEqualTo("required");
    assertThat(read(g -> {}).encryptionInTransit()).isEqualTo("disabled");
  }

  @Test
  void there_is_no_endpoint_until_aws_names_its_address() {
    assertThat(read(g -> {}).endpoint()).isNull();
    assertThat(read(g -> g.nodeGroups(n -> n.primaryEndpoint(e -> e.port(6379)))).endpoint())
        .isNull();
    assertThat(
            read(g ->
                    g.nodeGroups(
                        n -> n.primaryEndpoint(e -> e.address("master.example.com").port(6380))))
                .endpoint())
        .isEqualTo(new LiveReplicationGroup.Address("master.example.com", 6380));
  }
}
