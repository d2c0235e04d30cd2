package dev.appenv.e2e.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appenv.operator.aws.hand.Console;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroupNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Somebody with all rights works on what an environment owns.
 *
 * @param ids by logical name, as they were at first: what is deleted is still known by its name
 */
public record Person(Aws aws, Map<String, String> ids) implements Console {
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);
  private static final Set<String> AT_REST =
      Set.of("running", "stopped", "terminated", "available");

  @Override
  public Ec2Client ec2() {
    return aws.ec2();
  }

  @Override
  public RdsClient rds() {
    return aws.rds();
  }

  @Override
  public ElastiCacheClient elastiCache() {
    return aws.elastiCache();
  }

  @Override
  public S3Client s3() {
    return aws.s3();
  }

  @Override
  public IamClient iam() {
    return aws.iam();
  }

  @Override
  public Route53Client route53() {
    return aws.route53();
  }

  @Override
  public SesV2Client sesV2() {
    return aws.ses();
  }

  @Override
  public String id(String name) {
    return Objects.requireNonNull(ids.get(name), () -> "no id of " + name + " is known");
  }

  @Override
  public void settle() {
    await("AWS to have done it")
        .atMost(SETTLED_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .pollDelay(Duration.ZERO)
        .untilAsserted(() -> {
          assertThat(machines()).isSubsetOf(AT_REST);
          assertThat(databases()).isSubsetOf(AT_REST);
          assertThat(caches()).isSubsetOf(AT_REST);
        });
  }

  private List<String> machines() {
    return ec2()
        .describeInstances(r -> r.filters(f -> f.name("vpc-id").values(id("network.vpc"))))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(instance -> instance.state().nameAsString())
        .toList();
  }

  private List<String> databases() {
    var id = ids.get("database.instance");
    if (id == null) return List.of();
    try {
      return Stream.concat(
              Stream.of(aws.database(id).dbInstanceStatus()),
              rds().describeDBSnapshots(r -> r.dbInstanceIdentifier(id)).dbSnapshots().stream()
                  .map(DBSnapshot::status))
          .toList();
    } catch (DbInstanceNotFoundException e) {
      return List.of();
    }
  }

  private List<String> caches() {
    var id = ids.get("cache.replicationGroup");
    if (id == null) return List.of();
    try {
      return elastiCache()
          .describeReplicationGroups(r -> r.replicationGroupId(id))
          .replicationGroups()
          .stream()
          .map(group -> group.status())
          .toList();
    } catch (ReplicationGroupNotFoundException e) {
      return List.of();
    }
  }
}
