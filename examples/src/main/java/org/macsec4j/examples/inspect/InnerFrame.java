package org.macsec4j.examples.inspect;

import java.util.HexFormat;
import org.macsec4j.MacAddress;

/**
 * What a decrypted frame carries, in a few words.
 *
 * @param etherType four hexadecimal digits; empty for a length field or a frame without either
 * @param length octets of the frame
 * @param kind what it is, in a word or two, for counting
 * @param text the kind with who speaks to whom
 */
record InnerFrame(String etherType, int length, String kind, String text) {
  private static final int HEADER = 14;
  private static final int MIN_ETHERTYPE = 0x600;
  private static final int ARP = 0x0806;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86DD;
  private static final int ARP_LENGTH = 28;
  private static final int IPV4_HEADER = 20;
  private static final int IPV6_HEADER = 40;

  static InnerFrame of(byte[] frame) {
    EthernetView view = EthernetView.of(frame);
    int type = view.etherType();
    String vlan = view.vlans().isEmpty() ? "" : "VLAN " + view.vlans() + " ";
    if (type < MIN_ETHERTYPE) {
      return new InnerFrame("", frame.length, "LLC", vlan + "LLC to " + view.destination());
    }
    String hex = HexFormat.of().toHexDigits((short) type);
    byte[] octets = view.octets();
    if (type == ARP && octets.length >= HEADER + ARP_LENGTH) {
      return new InnerFrame(hex, frame.length, "ARP", vlan + arp(octets));
    }
    if (type == IPV4 && octets.length >= HEADER + IPV4_HEADER) {
      String kind = protocol(octets[HEADER + 9] & 0xFF, octets, HEADER + ipv4Header(octets));
      String who = ipv4(octets, HEADER + 12) + " > " + ipv4(octets, HEADER + 16);
      return new InnerFrame(hex, frame.length, "IPv4 " + kind, vlan + "IPv4 " + who + " " + kind);
    }
    if (type == IPV6 && octets.length >= HEADER + IPV6_HEADER) {
      String kind = protocol(octets[HEADER + 6] & 0xFF, octets, HEADER + IPV6_HEADER);
      String who = ipv6(octets, HEADER + 8) + " > " + ipv6(octets, HEADER + 24);
      return new InnerFrame(hex, frame.length, "IPv6 " + kind, vlan + "IPv6 " + who + " " + kind);
    }
    String kind = type == EthernetView.MKA ? "EAPOL" : "EtherType " + hex;
    return new InnerFrame(hex, frame.length, kind, vlan + kind);
  }

  private static int ipv4Header(byte[] octets) {
    return (octets[HEADER] & 0xF) * 4;
  }

  private static String arp(byte[] octets) {
    int operation = EthernetView.u16(octets, HEADER + 6);
    String target = ipv4(octets, HEADER + 24);
    String sender = ipv4(octets, HEADER + 14);
    return switch (operation) {
      case 1 -> "ARP who has " + target + "? tell " + sender;
      case 2 -> "ARP " + sender + " is at " + MacAddress.of(octets, HEADER + 8);
      default -> "ARP operation " + operation;
    };
  }

  private static String protocol(int number, byte[] octets, int at) {
    int type = at < octets.length ? octets[at] & 0xFF : -1;
    return switch (number) {
      case 1 -> "ICMP" + (type == 8 ? " echo request" : type == 0 ? " echo reply" : "");
      case 6 -> "TCP";
      case 17 -> "UDP";
      case 0 -> "hop-by-hop";
      case 58 -> "ICMPv6" + icmpv6(type);
      default -> "protocol " + number;
    };
  }

  private static String icmpv6(int type) {
    return switch (type) {
      case 128 -> " echo request";
      case 129 -> " echo reply";
      case 133 -> " router solicitation";
      case 134 -> " router advertisement";
      case 135 -> " neighbour solicitation";
      case 136 -> " neighbour advertisement";
      default -> "";
    };
  }

  private static String ipv4(byte[] octets, int at) {
    return (octets[at] & 0xFF)
        + "."
        + (octets[at + 1] & 0xFF)
        + "."
        + (octets[at + 2] & 0xFF)
        + "."
        + (octets[at + 3] & 0xFF);
  }

  /** With the longest run of zeros left out, as RFC 5952 asks. */
  private static String ipv6(byte[] octets, int at) {
    int from = -1;
    int run = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && EthernetView.u16(octets, at + 2 * (i + length)) == 0) {
        length++;
      }
      if (length > run) {
        from = i;
        run = length;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == from) {
        text.append("::");
        i += run - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(EthernetView.u16(octets, at + 2 * i)));
    }
    return text.toString();
  }
}
