package dev.appenv.operator.aws.dns;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * The TXT record beside a record, which says whose that is: the records of Route 53 have no tags.
 * Each of its strings is one tag.
 */
final class OwnerRecord {
  private static final String PREFIX = "_appenv.";
  private static final long TTL = 300;
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private OwnerRecord() {}

  static String name(String domain) {
    return PREFIX + domain;
  }

  /** The domain of which this is the owner's record, if it has the name of one. */
  static Optional<String> domain(ResourceRecordSet set) {
    var name = LiveRecord.name(set);
    return set.type() == RRType.TXT && name.startsWith(PREFIX)
        ? Optional.of(name.substring(PREFIX.length()))
        : Optional.empty();
  }

  static ResourceRecordSet of(String domain, Map<String, String> tags) {
    var text =
        new TreeMap<>(tags)
            .entrySet().stream()
                .map(tag -> "\"" + escaped(tag.getKey() + "=" + tag.getValue()) + "\"")
                .collect(Collectors.joining(" "));
    return ResourceRecordSet.builder()
        .name(name(domain))
        .type(RRType.TXT)
        .ttl(TTL)
        .resourceRecords(ResourceRecord.builder().value(text).build())
        .build();
  }

  static Map<String, String> tags(ResourceRecordSet set) {
    var tags = new TreeMap<String, String>();
    for (var record : set.resourceRecords())
      STRING
          .matcher(record.value())
          .results()
          .map(string -> string.group(1).replaceAll("\\\\(.)", "$1"))
          .filter(tag -> tag.indexOf('=') > 0)
          .forEach(tag ->
              tags.put(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1)));
    return tags;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
