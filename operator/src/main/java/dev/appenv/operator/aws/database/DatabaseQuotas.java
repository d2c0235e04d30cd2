package dev.appenv.operator.aws.database;

import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.Census;
import dev.appenv.operator.aws.resource.InstanceSizes;
import dev.appenv.operator.plan.Quota;
import dev.appenv.operator.plan.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What AWS limits of databases. */
final class DatabaseQuotas {
  static final Quota INSTANCES = new Quota("rds", "L-7B6409FD", "RDS instances", 40);
  static final Quota STORAGE = new Quota("rds", "L-7ADDB58A", "GiB of RDS storage", 100_000);
  static final Quota SNAPSHOTS = new Quota("rds", "L-272F1212", "manual RDS snapshots", 100);

  static final List<Census> CENSUSES =
      List.of(
          new Instances(),
          Census.of(
              SNAPSHOTS,
              aws ->
                  aws
                      .client(RdsClient.class, Permit.READ)
                      .describeDBSnapshotsPaginator(r -> r.snapshotType("manual").maxRecords(100))
                      .dbSnapshots()
                      .stream()
                      .count()));

  private DatabaseQuotas() {}

  private static final class Instances implements Census {
    @Override
    public Set<Quota> quotas() {
      return Set.of(INSTANCES, STORAGE);
    }

    @Override
    public Map<Quota, Usage> take(Calls aws, InstanceSizes sizes) {
      var all =
          aws
              .client(RdsClient.class, Permit.READ)
              .describeDBInstancesPaginator(r -> r.maxRecords(100))
              .dbInstances()
              .stream()
              .toList();
      return Map.of(
          INSTANCES,
          Census.used(all.size()),
          STORAGE,
          Census.used(all.stream().mapToLong(DatabaseQuotas::storage).sum()));
    }
  }

  private static long storage(DBInstance instance) {
    return instance.allocatedStorage() == null ? 0 : instance.allocatedStorage();
  }
}
