package dev.appenv.operator.aws.dns;

import dev.appenv.operator.aws.resource.AwsLive;
import dev.appenv.operator.plan.Phase;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The A record of a domain with the record that says whose it is.
 *
 * @param addresses all there are: somebody may have made several, with weights
 */
record LiveRecord(
    String id,
    List<ResourceRecordSet> addresses,
    @Nullable ResourceRecordSet owner,
    Map<String, String> tags)
    implements AwsLive {

  LiveRecord {
    addresses = List.copyOf(addresses);
  }

  /** The one among these record sets; nothing when it has neither address nor owner there. */
  static Optional<LiveRecord> in(Collection<ResourceRecordSet> sets, RecordId id) {
    var addresses =
        sets.stream()
            .filter(set -> set.type() == RRType.A && name(set).equals(id.domain()))
            .toList();
    var owner =
        sets.stream()
            .filter(set -> OwnerRecord.domain(set).filter(id.domain()::equals).isPresent())
            .findFirst()
            .orElse(null);
    return addresses.isEmpty() && owner == null
        ? Optional.empty()
        : Optional.of(
            new LiveRecord(
                id.toString(),
                addresses,
                owner,
                owner == null ? Map.of() : OwnerRecord.tags(owner)));
  }

  /** As we write names: in lower case and without the dot at the end. */
  static String name(ResourceRecordSet set) {
    return set.name().toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
  }

  @Override
  public Phase phase() {
    return Phase.READY;
  }

  @Override
  public Optional<String> bearer() {
    return Optional.of(
        "TXT record %s beside it".formatted(OwnerRecord.name(RecordId.of(id).domain())));
  }

  /** What the domain leads to; null when it leads nowhere. */
  @Nullable String value() {
    return addresses.isEmpty()
        ? null
        : addresses.stream().map(LiveRecord::value).sorted().collect(Collectors.joining("; "));
  }

  private static String value(ResourceRecordSet set) {
    var to =
        set.aliasTarget() != null
            ? "alias of " + set.aliasTarget().dnsName()
            : set.resourceRecords().stream()
                .map(ResourceRecord::value)
                .sorted()
                .collect(Collectors.joining(","));
    return set.setIdentifier() == null ? to : "%s (%s)".formatted(to, set.setIdentifier());
  }

  /** The only address record, if it is a plain one. */
  Optional<ResourceRecordSet> plain() {
    return addresses.size() == 1
            && addresses.getFirst().setIdentifier() == null
            && addresses.getFirst().ttl() != null
        ? Optional.of(addresses.getFirst())
        : Optional.empty();
  }
}
