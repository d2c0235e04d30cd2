package dev.appenv.operator.aws.network;

import java.util.List;
import java.util.stream.IntStream;

/**
 * An IPv4 block in canonical form: host bits are zero.
 *
 * @param address the network address as an unsigned 32-bit number
 * @param prefix 0 to 32
 */
record Cidr(int address, int prefix) {
  Cidr {
    if (prefix < 0 || prefix > 32) throw new IllegalArgumentException("prefix " + prefix);
    address &= prefix == 0 ? 0 : -1 << (32 - prefix);
  }

  /**
   * @throws IllegalArgumentException for what is not an IPv4 block; the schema lets none through
   */
  static Cidr parse(String text) {
    var parts = text.split("[./]", -1);
    if (parts.length != 5) throw new IllegalArgumentException("not an IPv4 CIDR: " + text);
    var address = 0;
    for (var i = 0; i < 4; i++) address = address << 8 | Integer.parseInt(parts[i]);
    return new Cidr(address, Integer.parseInt(parts[4]));
  }

  /** Four blocks of equal size that fill this one. */
  List<Cidr> quarters() {
    var size = 1 << (30 - prefix);
    return IntStream.range(0, 4).mapToObj(i -> new Cidr(address + i * size, prefix + 2)).toList();
  }

  String text() {
    return "%d.%d.%d.%d/%d"
        .formatted(
            address >>> 24, address >>> 16 & 255, address >>> 8 & 255, address & 255, prefix);
  }
}
