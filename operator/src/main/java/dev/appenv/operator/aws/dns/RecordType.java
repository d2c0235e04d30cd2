package dev.appenv.operator.aws.dns;

import static dev.appenv.operator.plan.FieldKind.IMMUTABLE;
import static dev.appenv.operator.plan.FieldKind.RECONCILED;

import dev.appenv.operator.aws.call.AwsClients;
import dev.appenv.operator.aws.call.Budget;
import dev.appenv.operator.aws.call.Calls;
import dev.appenv.operator.aws.call.OwnerTags;
import dev.appenv.operator.aws.call.Permit;
import dev.appenv.operator.aws.resource.AwsDesired;
import dev.appenv.operator.aws.resource.AwsType;
import dev.appenv.operator.aws.resource.Creation;
import dev.appenv.operator.aws.resource.ListedType;
import dev.appenv.operator.plan.Difference;
import dev.appenv.operator.plan.DriftClass;
import dev.appenv.operator.plan.FieldTable;
import dev.appenv.operator.plan.Ids;
import dev.appenv.operator.plan.LogicalName;
import dev.appenv.operator.plan.Owner;
import dev.appenv.operator.plan.PublicAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A record and its owner's record, which come, change and go together, in batches of which Route 53
 * does all or nothing. What is deleted is named exactly, so that Route 53 itself refuses when
 * somebody else has changed it since it was read.
 */
final class RecordType implements ListedType<RecordType.Desired, LiveRecord> {
  private static final long TTL = 60;

  /**
   * @param machine whose address the record has
   */
  record Desired(LogicalName name, RecordId id, LogicalName machine) implements AwsDesired {
    @Override
    public Map<String, String> tags() {
      return Map.of();
    }

    @Nullable String address(Ids ids) {
      return ids.liveOf(machine) instanceof PublicAddress address ? address.publicIp() : null;
    }
  }

  private static final FieldTable<Desired, LiveRecord> FIELDS =
      FieldTable.<Desired, LiveRecord>empty()
          .plain(
              "name", IMMUTABLE, DriftClass.RELEASE, (d, ids) -> d.id().toString(), LiveRecord::id)
          .plain("value", RECONCILED, DriftClass.RELEASE, Desired::address, LiveRecord::value)
          .plain(
              "ttl",
              RECONCILED,
              DriftClass.COSMETIC,
              (d, ids) -> String.valueOf(TTL),
              // What has none has another value, too.
              live -> String.valueOf(live.plain().map(ResourceRecordSet::ttl).orElse(TTL)));

  private static final Facts<Desired, LiveRecord> FACTS =
      new Facts<>(
          "DNS record", Desired.class, LiveRecord.class, FIELDS, DriftClass.RELEASE, Loss.NOTHING);

  @Override
  public Facts<Desired, LiveRecord> facts() {
    return FACTS;
  }

  /** A zone may have thousands of records, and Route 53 takes five calls a second. */
  @Override
  public boolean isReadSeldom() {
    return true;
  }

  @Override
  public List<LiveRecord> list(Calls aws, String clusterId) {
    var zone = aws.hostedZoneId();
    return zone == null
        ? List.of()
        : Zone.of(aws, zone).records().stream()
            .filter(live -> clusterId.equals(live.tags().get(OwnerTags.CLUSTER)))
            .toList();
  }

  @Override
  public Optional<LiveRecord> find(Calls aws, String id) {
    var record = RecordId.of(id);
    return Zone.of(aws, record.zone()).find(record);
  }

  /** The zone is read once more: it shows what was made at once. */
  @Override
  public List<String> begun(Calls aws, Owner owner, LogicalName name) {
    return marked(aws, OwnerTags.of(owner, name));
  }

  @Override
  public List<String> retained(Calls aws, Owner owner, LogicalName name) {
    if (aws.hostedZoneId() == null) return List.of();
    var mark = Objects.requireNonNull(OwnerTags.retained(owner, name).get(OwnerTags.RETAINED));
    return marked(aws, Map.of(OwnerTags.RETAINED, mark));
  }

  private static List<String> marked(Calls aws, Map<String, String> tags) {
    var zone = aws.hostedZoneId();
    if (zone == null)
      throw new AwsClients.AccountUnavailable(
          "the AwsAccount names no hostedZone any more, where it was begun; name it again");
    return Zone.of(aws, zone).records().stream()
        .filter(live -> live.tags().entrySet().containsAll(tags.entrySet()))
        .map(LiveRecord::id)
        .toList();
  }

  @Override
  public Budget changeBudget() {
    return Budget.ROUTE_53;
  }

  @Override
  public String create(Calls aws, Desired desired, Creation creation) {
    var id = desired.id();
    var ip = Objects.requireNonNull(desired.address(creation.ids()), "the machine has no address");
    try {
      Zone.of(aws, id.zone())
          .change(
              Permit.CREATE,
              List.of(),
              List.of(address(id, ip, TTL), OwnerRecord.of(id.domain(), creation.tags())));
    } catch (InvalidChangeBatchException e) {
      var there = find(aws, id.toString());
      if (there.filter(live -> isOf(live, creation.owner(), desired.name())).isEmpty())
        throw new AwsType.Impossible(Taken.message(id, there, creation.owner(), e));
    }
    return id.toString();
  }

  /** Made before by ourselves, though nobody knew. */
  private static boolean isOf(LiveRecord live, Owner owner, LogicalName name) {
    return OwnerTags.read(live.tags())
        .filter(mark -> mark.isOf(owner) && mark.name().equals(name))
        .isPresent();
  }

  private static ResourceRecordSet address(RecordId id, String ip, long ttl) {
    return ResourceRecordSet.builder()
        .name(id.domain())
        .type(RRType.A)
        .ttl(ttl)
        .resourceRecords(ResourceRecord.builder().value(ip).build())
        .build();
  }

  @Override
  public void change(
      Calls aws, Desired desired, LiveRecord live, List<Difference> differences, Ids ids) {
    var value = AwsType.touches(differences, "value");
    var ip = value ? desired.address(ids) : null;
    if (value && ip == null) return;
    var id = RecordId.of(live.id());
    var before = live.plain().orElseGet(() -> address(id, Objects.requireNonNull(ip), TTL));
    var after = before.toBuilder();
    if (ip != null) after.resourceRecords(ResourceRecord.builder().value(ip).build());
    if (AwsType.touches(differences, "ttl")) after.ttl(TTL);
    Zone.of(aws, id.zone())
        .change(
            live.addresses().isEmpty() ? Permit.CREATE : Permit.CHANGE,
            live.addresses(),
            List.of(after.build()));
  }

  @Override
  public void delete(Calls aws, LiveRecord live) {
    var all = Stream.concat(live.addresses().stream(), Stream.ofNullable(live.owner())).toList();
    Zone.of(aws, RecordId.of(live.id()).zone()).change(Permit.DELETE, all, List.of());
  }

  @Override
  public void adopt(Calls aws, Owner owner, LogicalName name, LiveRecord live) {
    var tags = new TreeMap<>(live.tags());
    tags.remove(OwnerTags.RETAINED);
    tags.putAll(OwnerTags.of(owner, name));
    mark(aws, live, tags);
  }

  @Override
  public void disown(Calls aws, Owner owner, LogicalName name, LiveRecord live) {
    var tags = new TreeMap<>(live.tags());
    tags.keySet().removeAll(OwnerTags.of(owner, name).keySet());
    tags.putAll(OwnerTags.retained(owner, name));
    mark(aws, live, tags);
  }

  private static void mark(Calls aws, LiveRecord live, Map<String, String> tags) {
    var id = RecordId.of(live.id());
    Zone.of(aws, id.zone())
        .change(
            Permit.MARK,
            List.of(Objects.requireNonNull(live.owner(), "it bears no marks")),
            List.of(OwnerRecord.of(id.domain(), tags)));
  }
}
