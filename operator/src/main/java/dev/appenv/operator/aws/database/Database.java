package dev.appenv.operator.aws.database;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.DatabaseSpec;
import dev.appenv.api.Defaults;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.aws.resource.Noun;
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
import java.util.TreeMap;

/** The PostgreSQL database of an environment, reachable from its machine only. */
public final class Database implements Noun {
  private static final Slot<SubnetGroupType.Desired, SubnetGroupType.LiveSubnetGroup> subnetGroup =
      new Slot<>(LogicalName.of("database.subnetGroup"), new SubnetGroupType())
          .needs(SharedNames.PRIVATE_SUBNET_A, SharedNames.PRIVATE_SUBNET_B);
  private static final Slot<ParameterGroupType.Desired, ParameterGroupType.LiveParameterGroup>
      parameterGroup =
          new Slot<>(LogicalName.of("database.parameterGroup"), new ParameterGroupType());
  private static final Slot<DesiredDatabase, LiveDatabase> instance =
      new Slot<>(LogicalName.of("database.instance"), new DbInstanceType())
          .needs(subnetGroup.name(), parameterGroup.name(), SharedNames.DATA_GROUP)
          // So that it runs with them from the beginning, and needs no restart.
          .after(parameterGroup.name());

  private static final Set<String> VARIABLES =
      Set.of("DATABASE_URL", "PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE");

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(subnetGroup, parameterGroup, instance);
  }

  @Override
  public boolean isWished(AppEnvironmentSpec spec) {
    return spec.database() != null;
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    var spec = wish.spec().database();
    if (spec == null) return List.of();
    var tags = new VisibleTags(wish);
    return List.of(
        subnetGroup.wants(
            new SubnetGroupType.Desired(
                List.of(SharedNames.PRIVATE_SUBNET_A, SharedNames.PRIVATE_SUBNET_B),
                tags.of(subnetGroup.name()))),
        parameterGroup.wants(
            new ParameterGroupType.Desired(
                "postgres" + version(spec), parameters(spec), tags.of(parameterGroup.name()))),
        instance.wants(database(spec, wish, tags)));
  }

  private static DesiredDatabase database(DatabaseSpec spec, Wish wish, VisibleTags tags) {
    return new DesiredDatabase(
        version(spec),
        Objects.requireNonNullElse(spec.instanceClass(), Defaults.DATABASE_CLASS),
        Objects.requireNonNullElse(spec.storageGiB(), Defaults.DATABASE_STORAGE_GIB),
        spec.maxStorageGiB(),
        Boolean.TRUE.equals(spec.multiAZ()),
        Objects.requireNonNullElse(spec.backupRetentionDays(), Defaults.BACKUP_RETENTION_DAYS),
        spec.backupWindow(),
        spec.maintenanceWindow(),
        Boolean.TRUE.equals(spec.deletionProtection()),
        Boolean.TRUE.equals(spec.performanceInsights()),
        Boolean.TRUE.equals(spec.applyImmediately()),
        subnetGroup.name(),
        parameterGroup.name(),
        SharedNames.DATA_GROUP,
        origin(spec, wish),
        wish.passwords().of(instance.name()),
        instanceTags(spec, tags));
  }

  private static String version(DatabaseSpec spec) {
    return Objects.requireNonNullElse(spec.version(), Defaults.DATABASE_VERSION);
  }

  /** Who connects is to speak TLS, unless the user says otherwise. */
  private static Map<String, String> parameters(DatabaseSpec spec) {
    var parameters = new TreeMap<>(Map.of("rds.force_ssl", "1"));
    if (spec.parameters() != null) parameters.putAll(spec.parameters());
    return Map.copyOf(parameters);
  }

  private static Map<String, String> instanceTags(DatabaseSpec spec, VisibleTags tags) {
    var all = new TreeMap<>(tags.of(instance.name()));
    all.put(Retention.TAG, Retention.of(spec).text());
    return Map.copyOf(all);
  }

  private static Origin origin(DatabaseSpec spec, Wish wish) {
    var from = spec.restoreFrom();
    if (from == null) return new Origin.Empty();
    if (from.snapshot() != null) return new Origin.Snapshot(from.snapshot());
    return new Origin.Environment(wish.owner().namespace() + "/" + from.environment());
  }

  @Override
  public List<Need> needs(AppEnvironmentSpec spec, InstanceSizes sizes) {
    var database = spec.database();
    if (database == null) return List.of();
    var storage = Objects.requireNonNullElse(database.storageGiB(), Defaults.DATABASE_STORAGE_GIB);
    return List.of(
        new Need(instance.name(), DatabaseQuotas.INSTANCES, 1),
        new Need(instance.name(), DatabaseQuotas.STORAGE, storage),
        // The final one, when the environment goes.
        new Need(instance.name(), DatabaseQuotas.SNAPSHOTS, 0));
  }

  @Override
  public List<Census> censuses() {
    return DatabaseQuotas.CENSUSES;
  }

  @Override
  public Set<LogicalName> passwords(AppEnvironmentSpec spec) {
    return spec.database() == null ? Set.of() : Set.of(instance.name());
  }

  @Override
  public Set<String> variables(AppEnvironmentSpec spec) {
    return spec.database() == null ? Set.of() : VARIABLES;
  }

  @Override
  public Outputs outputs(Wish wish, Observation observation) {
    if (wish.spec().database() == null) return Outputs.NONE;
    if (observation.of(instance.name()) instanceof Facet.Observed(LiveDatabase live)
        && live.phase() == Phase.READY) {
      var endpoint = live.endpoint();
      if (endpoint != null)
        return Outputs.of(variables(endpoint, wish.passwords().of(instance.name())));
    }
    return Outputs.awaited(instance.name());
  }

  /** As libpq and most drivers read them. */
  private static Map<String, String> variables(LiveDatabase.Endpoint at, String password) {
    return Map.of(
        "DATABASE_URL",
        "postgresql://%s:%s@%s:%d/%s?sslmode=require"
            .formatted(at.user(), password, at.host(), at.port(), at.database()),
        "PGHOST",
        at.host(),
        "PGPORT",
        String.valueOf(at.port()),
        "PGUSER",
        at.user(),
        "PGPASSWORD",
        password,
        "PGDATABASE",
        at.database());
  }
}
