package dev.appenv.operator.aws.cache;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.CacheSpec;
import dev.appenv.api.Defaults;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.resource.ResourceNames;
import dev.appenv.operator.aws.resource.SharedNames;
import dev.appenv.operator.aws.resource.VisibleTags;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.Facet;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Need;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.Outputs;
import dev.appenv.operator.plan.Phase;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cache that only the machine reaches, with encryption and a password. */
public final class Cache implements Noun {
  private static final LogicalName GROUP = LogicalName.of("cache.replicationGroup");

  private static final String URL = "REDIS_URL";
  private static final String HOST = "REDIS_HOST";
  private static final String PORT = "REDIS_PORT";
  private static final String PASSWORD = "REDIS_PASSWORD";

  private static final Slot<SubnetGroupType.Desired, SubnetGroupType.LiveSubnetGroup> subnetGroup =
      new Slot<>(LogicalName.of("cache.subnetGroup"), new SubnetGroupType())
          .needs(SharedNames.PRIVATE_SUBNET_A, SharedNames.PRIVATE_SUBNET_B);
  private static final Slot<ReplicationGroupType.Desired, LiveReplicationGroup> group =
      new Slot<>(GROUP, new ReplicationGroupType())
          .needs(subnetGroup.name(), SharedNames.DATA_GROUP);

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(subnetGroup, group);
  }

  @Override
  public boolean isWished(AppEnvironmentSpec spec) {
    return spec.cache() != null;
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    var spec = wish.spec().cache();
    if (spec == null) return List.of();
    var tags = new VisibleTags(wish);
    return List.of(
        subnetGroup.wants(
            new SubnetGroupType.Desired(
                ResourceNames.of(wish.owner(), subnetGroup.name()),
                List.of(SharedNames.PRIVATE_SUBNET_A, SharedNames.PRIVATE_SUBNET_B),
                tags.of(subnetGroup.name()))),
        group.wants(
            new ReplicationGroupType.Desired(
                ResourceNames.of(wish.owner(), GROUP),
                subnetGroup.name(),
                SharedNames.DATA_GROUP,
                isRedis(spec) ? "redis" : "valkey",
                version(spec),
                Objects.requireNonNullElse(spec.nodeType(), Defaults.CACHE_NODE_TYPE),
                orElse(spec.nodes(), Defaults.CACHE_NODES),
                orElse(spec.snapshotRetentionDays(), Defaults.CACHE_SNAPSHOT_DAYS),
                wish.passwords().of(GROUP),
                tags.of(GROUP))));
  }

  private static boolean isRedis(CacheSpec spec) {
    return spec.engine() == CacheSpec.Engine.Redis;
  }

  private static String version(CacheSpec spec) {
    if (spec.version() != null) return spec.version();
    return isRedis(spec) ? Defaults.REDIS_VERSION : Defaults.VALKEY_VERSION;
  }

  private static int orElse(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  @Override
  public List<Need> needs(AppEnvironmentSpec spec, InstanceSizes sizes) {
    var cache = spec.cache();
    return cache == null
        ? List.of()
        : List.of(new Need(GROUP, CacheQuotas.NODES, orElse(cache.nodes(), Defaults.CACHE_NODES)));
  }

  @Override
  public List<Census> censuses() {
    return CacheQuotas.CENSUSES;
  }

  @Override
  public Set<LogicalName> passwords(AppEnvironmentSpec spec) {
    return spec.cache() == null ? Set.of() : Set.of(GROUP);
  }

  @Override
  public Set<String> variables(AppEnvironmentSpec spec) {
    return spec.cache() == null ? Set.of() : Set.of(URL, HOST, PORT, PASSWORD);
  }

  @Override
  public Outputs outputs(Wish wish, Observation observation) {
    if (wish.spec().cache() == null) return Outputs.NONE;
    return observation.of(GROUP) instanceof Facet.Observed(var live)
            && live instanceof LiveReplicationGroup cache
            && cache.phase() == Phase.READY
            && cache.endpoint() != null
        ? told(cache.endpoint(), wish.passwords().of(GROUP))
        : Outputs.awaited(GROUP);
  }

  private static Outputs told(LiveReplicationGroup.Address at, String password) {
    return Outputs.of(
        Map.of(
            URL,
            "rediss://:%s@%s:%d/0".formatted(password, at.host(), at.port()),
            HOST,
            at.host(),
            PORT,
            Integer.toString(at.port()),
            PASSWORD,
            password));
  }
}
