package dev.appenv.operator.aws.dns;

import dev.appenv.api.AppEnvironmentSpec;
import dev.appenv.api.AwsAccountSpec;
import dev.appenv.operator.aws.resource.Noun;
import dev.appenv.operator.aws.resource.SharedNames;
import dev.appenv.operator.plan.DesiredResource;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Observation;
import dev.appenv.operator.plan.PublicAddress;
import dev.appenv.operator.plan.RecordToSet;
import dev.appenv.operator.plan.Slot;
import dev.appenv.operator.plan.Wish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record that leads the application's domain to the machine. Where the domain lies in no zone
 * of the account, a person is told to set it.
 */
public final class Dns implements Noun {
  private static final String PURPOSE = "leads spec.ingress.domain to the machine";

  private static final Slot<RecordType.Desired, LiveRecord> record =
      new Slot<>(LogicalName.of("dns.record"), new RecordType()).after(SharedNames.MACHINE_ADDRESS);

  @Override
  public List<Slot<?, ?>> slots() {
    return List.of(record);
  }

  @Override
  public boolean isWished(AppEnvironmentSpec spec) {
    return spec.ingress().domain() != null;
  }

  @Override
  public List<DesiredResource<?, ?>> desired(Wish wish) {
    var domain = wish.spec().ingress().domain();
    var zone = wish.hostedZone();
    return domain == null || zone == null || !holds(zone, domain)
        ? List.of()
        : List.of(
            record.wants(
                new RecordType.Desired(
                    record.name(), new RecordId(zone.id(), domain), SharedNames.MACHINE_ADDRESS)));
  }

  @Override
  public List<RecordToSet> recordsToSet(Wish wish, Observation observation) {
    var domain = wish.spec().ingress().domain();
    return domain != null
            && !holds(wish.hostedZone(), domain)
            && observation.liveOf(SharedNames.MACHINE_ADDRESS) instanceof PublicAddress address
        ? List.of(new RecordToSet("A", domain, address.publicIp(), PURPOSE))
        : List.of();
  }

  private static boolean holds(AwsAccountSpec.@Nullable HostedZone zone, String domain) {
    return zone != null && (domain.equals(zone.name()) || domain.endsWith("." + zone.name()));
  }
}
