package dev.appenv.operator.aws.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.IpPermission;

/**
 * One rule of a security group: a protocol, its ports and one peer.
 *
 * @param protocol tcp, udp, icmp, a number, or {@code all}
 * @param ports {@code 22}, {@code 1000-2000}, empty for all; for ICMP the type and code as AWS
 *     gives them
 * @param peer a CIDR, a security group or a prefix list
 */
record Rule(String protocol, String ports, String peer) {
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9-]+)(?:/(\\S+))? (?:from|to) (\\S+)");
  private static final Pattern RANGE = Pattern.compile("(-?\\d+)(?:-(-?\\d+))?");

  static Rule tcp(int port, String peer) {
    return new Rule("tcp", String.valueOf(port), peer);
  }

  static Rule everything(String peer) {
    return new Rule("all", "", peer);
  }

  String text(Direction direction) {
    return protocol + (ports.isEmpty() ? "" : "/" + ports) + " " + direction.word() + " " + peer;
  }

  static Rule parse(String text) {
    var match = TEXT.matcher(text);
    if (!match.matches()) throw new IllegalArgumentException("not a rule: " + text);
    return new Rule(match.group(1), match.group(2) == null ? "" : match.group(2), match.group(3));
  }

  enum Direction {
    INGRESS("from"),
    EGRESS("to");

    private final String word;

    Direction(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** AWS puts several peers into one permission; each is a rule of its own here. */
  static Set<String> texts(List<IpPermission> permissions, Direction direction) {
    var texts = new TreeSet<String>();
    for (var permission : permissions)
      for (var peer : peers(permission))
        texts.add(
            new Rule(protocol(permission.ipProtocol()), ports(permission), peer).text(direction));
    return texts;
  }

  private static List<String> peers(IpPermission permission) {
    var peers = new ArrayList<String>();
    permission.ipRanges().forEach(r -> peers.add(r.cidrIp()));
    permission.ipv6Ranges().forEach(r -> peers.add(r.cidrIpv6()));
    permission.userIdGroupPairs().forEach(p -> peers.add(p.groupId()));
    permission.prefixListIds().forEach(p -> peers.add(p.prefixListId()));
    return peers;
  }

  private static String protocol(String aws) {
    return switch (aws) {
      case "-1" -> "all";
      case "6" -> "tcp";
      case "17" -> "udp";
      case "1" -> "icmp";
      default -> aws;
    };
  }

  private static String ports(IpPermission permission) {
    var from = permission.fromPort();
    var to = permission.toPort();
    if (from == null || to == null || "-1".equals(permission.ipProtocol())) return "";
    return from.equals(to) ? String.valueOf(from) : from + "-" + to;
  }

  IpPermission permission() {
    var permission = IpPermission.builder().ipProtocol(protocol.equals("all") ? "-1" : protocol);
    var range = RANGE.matcher(ports);
    if (range.matches()) {
      var from = Integer.parseInt(range.group(1));
      permission
          .fromPort(from)
          .toPort(range.group(2) == null ? from : Integer.parseInt(range.group(2)));
    }
    if (peer.startsWith("sg-")) permission.userIdGroupPairs(p -> p.groupId(peer));
    else if (peer.startsWith("pl-")) permission.prefixListIds(p -> p.prefixListId(peer));
    else if (peer.contains(":")) permission.ipv6Ranges(r -> r.cidrIpv6(peer));
    else permission.ipRanges(r -> r.cidrIp(peer));
    return permission.build();
  }
}
