package dev.appenv.operator.aws.hand;

import dev.appenv.operator.aws.hand.Hand.Change;
import dev.appenv.operator.aws.hand.Hand.Never;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Somebody works on the records of a zone. */
public final class DnsHands {
  private static final String RECORD = "dns.record";

  static final List<Hand> ALL =
      List.of(
          new Change(
              RECORD,
              "value",
              c -> edit(c, set -> set.resourceRecords(r -> r.value("192.0.2.99")))),
          new Change(RECORD, "value", c -> forget(c, zone(c), domain(c))),
          new Change(RECORD, "ttl", DnsHands::keepLong),
          new Never(RECORD, "name", "a record of another name is another record"),
          new Change(RECORD, "DNS record", DnsHands::delete));

  private DnsHands() {}

  /** Makes or overwrites an A record. */
  public static void point(Console c, String zone, String domain, String... addresses) {
    upsert(
        c,
        zone,
        ResourceRecordSet.builder()
            .name(domain)
            .type(RRType.A)
            .ttl(60L)
            .resourceRecords(
                Stream.of(addresses).map(ip -> ResourceRecord.builder().value(ip).build()).toList())
            .build());
  }

  /** Makes or overwrites the record that says whose a domain is. */
  public static void own(Console c, String zone, String domain, Map<String, String> tags) {
    var value =
        tags.entrySet().stream()
            .map(tag -> "\"%s=%s\"".formatted(tag.getKey(), tag.getValue()))
            .collect(Collectors.joining(" "));
    upsert(
        c,
        zone,
        ResourceRecordSet.builder()
            .name("_appenv." + domain)
            .type(RRType.TXT)
            .ttl(60L)
            .resourceRecords(r -> r.value(value))
            .build());
  }

  public static void upsert(Console c, String zone, ResourceRecordSet set) {
    change(c, zone, ChangeAction.UPSERT, List.of(set));
  }

  /** All of this name. */
  public static void forget(Console c, String zone, String name) {
    change(c, zone, ChangeAction.DELETE, sets(c, zone, name));
  }

  public static void keepLong(Console c) {
    edit(c, set -> set.ttl(3600L));
  }

  /** The record, and the one that says whose it is. */
  public static void delete(Console c) {
    forget(c, zone(c), domain(c));
    forget(c, zone(c), "_appenv." + domain(c));
  }

  private static void edit(Console c, UnaryOperator<ResourceRecordSet.Builder> change) {
    var set = sets(c, zone(c), domain(c)).getFirst();
    upsert(c, zone(c), change.apply(set.toBuilder()).build());
  }

  private static List<ResourceRecordSet> sets(Console c, String zone, String name) {
    return c
        .route53()
        .listResourceRecordSets(r -> r.hostedZoneId(zone))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.name().equals(name + "."))
        .toList();
  }

  private static void change(
      Console c, String zone, ChangeAction action, List<ResourceRecordSet> sets) {
    var changes =
        sets.stream()
            .map(set ->
                software.amazon.awssdk.services.route53.model.Change.builder()
                    .action(action)
                    .resourceRecordSet(set)
                    .build())
            .toList();
    c.route53()
        .changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(b -> b.changes(changes)));
  }

  private static String zone(Console c) {
    var id = c.id(RECORD);
    return id.substring(0, id.indexOf('/'));
  }

  private static String domain(Console c) {
    var id = c.id(RECORD);
    return id.substring(id.indexOf('/') + 1);
  }
}
