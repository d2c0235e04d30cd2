package dev.appenv.operator.aws.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Public zones with their records. A batch is done as a whole or not at all. */
final class Zones {
  private static final String OWNER = "_appenv.";
  private static final Pattern STRING = Pattern.compile("\"([^\"=]*)=([^\"]*)\"");

  /** In Route 53's order: by the name's labels from the last to the first, and then by type. */
  record Place(String labels, String type, String setIdentifier) implements Comparable<Place> {
    static Place of(String name, @Nullable String type, @Nullable String setIdentifier) {
      var labels = new ArrayList<>(Arrays.asList(name.replaceAll("\\.$", "").split("\\.", -1)));
      Collections.reverse(labels);
      return new Place(
          String.join(".", labels) + ".",
          Objects.requireNonNullElse(type, ""),
          Objects.requireNonNullElse(setIdentifier, ""));
    }

    static Place of(ResourceRecordSet set) {
      return of(set.name(), set.typeAsString(), set.setIdentifier());
    }

    boolean isBeside(Place other) {
      return labels.equals(other.labels);
    }

    @Override
    public int compareTo(Place other) {
      return Arrays.compare(
          new String[] {labels, type, setIdentifier},
          new String[] {other.labels, other.type, other.setIdentifier});
    }
  }

  private record Zone(String name, TreeMap<Place, ResourceRecordSet> sets) {}

  private final MemoryRegion region;
  private final Map<String, Zone> zones = new TreeMap<>();

  Zones(MemoryRegion region) {
    this.region = region;
  }

  void add(String id, String name) {
    zones.computeIfAbsent(
        id,
        _ -> {
          var zone = new Zone(name, new TreeMap<>());
          for (var type : List.of(RRType.NS, RRType.SOA)) {
            var set = ResourceRecordSet.builder().name(name + ".").type(type).ttl(900L).build();
            zone.sets().put(Place.of(set), set);
          }
          return zone;
        });
  }

  private Zone zone(String id) {
    var zone = zones.get(id);
    if (zone == null)
      throw NoSuchHostedZoneException.builder()
          .statusCode(404)
          .awsErrorDetails(details("NoSuchHostedZone", "No hosted zone found with ID: " + id))
          .build();
    return zone;
  }

  List<ResourceRecordSet> from(String id, @Nullable Place first) {
    var sets = zone(id).sets();
    return List.copyOf((first == null ? sets : sets.tailMap(first, true)).values());
  }

  void change(String id, List<Change> changes) {
    var zone = zone(id);
    var sets = new TreeMap<>(zone.sets());
    for (var change : changes) apply(zone.name(), sets, change);
    zone.sets().clear();
    zone.sets().putAll(sets);
    domains().keySet().forEach(region.tags::forget);
    zones.forEach((zoneId, z) -> z.sets().values().forEach(set -> mark(zoneId, set)));
  }

  private void mark(String zoneId, ResourceRecordSet set) {
    if (set.type() != RRType.TXT || !set.name().startsWith(OWNER)) return;
    STRING
        .matcher(set.resourceRecords().getFirst().value())
        .results()
        .forEach(
            tag -> region.tags.put(zoneId + "/" + domain(set), Map.of(tag.group(1), tag.group(2))));
  }

  private static String domain(ResourceRecordSet set) {
    var name = set.name().replaceAll("\\.$", "");
    return name.startsWith(OWNER) ? name.substring(OWNER.length()) : name;
  }

  private static void apply(String zone, Map<Place, ResourceRecordSet> sets, Change change) {
    var set = change.resourceRecordSet();
    if (!set.name().endsWith(".")) set = set.toBuilder().name(set.name() + ".").build();
    var place = Place.of(set);
    var what = "[name='%s', type='%s']".formatted(set.name(), set.typeAsString());
    if (!set.name().equals(zone + ".") && !set.name().endsWith("." + zone + "."))
      throw invalid(
          "RRSet with DNS name %s is not permitted in zone %s.".formatted(set.name(), zone));
    var there = sets.get(place);
    switch (change.action()) {
      case DELETE -> {
        if (there == null)
          throw invalid(
              "Tried to delete resource record set %s but it was not found".formatted(what));
        if (!there.equals(set))
          throw invalid(
              "Tried to delete resource record set %s but the values provided do not match the current values"
                  .formatted(what));
        sets.remove(place);
      }
      case CREATE -> {
        if (there != null)
          throw invalid(
              "Tried to create resource record set %s but it already exists".formatted(what));
        refuseConflict(sets, place, set);
        sets.put(place, set);
      }
      case UPSERT -> {
        refuseConflict(sets, place, set);
        sets.put(place, set);
      }
      default -> throw invalid("Invalid action");
    }
  }

  private static void refuseConflict(
      Map<Place, ResourceRecordSet> sets, Place place, ResourceRecordSet set) {
    for (var other : sets.keySet()) {
      if (!other.isBeside(place) || other.equals(place)) continue;
      var alias = other.type().equals("CNAME") || place.type().equals("CNAME");
      var plain = other.setIdentifier().isEmpty() || place.setIdentifier().isEmpty();
      if (alias || (other.type().equals(place.type()) && plain))
        throw invalid(
            "RRSet of type %s with DNS name %s is not permitted because a conflicting RRSet of type %s with the same DNS name already exists"
                .formatted(place.type(), set.name(), other.type()));
    }
  }

  private static InvalidChangeBatchException invalid(String message) {
    return (InvalidChangeBatchException)
        InvalidChangeBatchException.builder()
            .statusCode(400)
            .awsErrorDetails(details("InvalidChangeBatch", "[" + message + "]"))
            .build();
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName("Route53")
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  /** Each domain with its records and the one that says whose it is, by zone and domain. */
  Map<String, String> domains() {
    var domains = new TreeMap<String, String>();
    zones.forEach((id, zone) ->
        zone.sets().values().stream()
            .filter(set -> set.type() != RRType.NS && set.type() != RRType.SOA)
            .collect(
                Collectors.groupingBy(
                    set -> id + "/" + domain(set),
                    Collectors.mapping(ResourceRecordSet::toString, Collectors.joining(" "))))
            .forEach(domains::put));
    return domains;
  }
}
