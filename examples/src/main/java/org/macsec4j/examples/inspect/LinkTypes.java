package org.macsec4j.examples.inspect;

/** The link-layer types of captures: only Ethernet has what a MACsec ICV covers. */
final class LinkTypes {
  private static final int SLL = 113;
  private static final int SLL2 = 276;

  private LinkTypes() {}

  static void check(CaptureInput in, int linkType) throws CaptureException {
    if (linkType != CapturedFrame.ETHERNET) {
      throw in.broken(refusal(linkType));
    }
  }

  static String refusal(int linkType) {
    String text = "holds frames of " + name(linkType) + "; only Ethernet (link type 1) is read";
    return linkType == SLL || linkType == SLL2
        ? text
            + ". Such frames lack the destination address, which every ICV covers: capture on the"
            + " interface itself, not on \"any\""
        : text;
  }

  private static String name(int linkType) {
    return switch (linkType) {
      case 0 -> "link type 0 (BSD loopback)";
      case 101 -> "link type 101 (raw IP)";
      case 105 -> "link type 105 (IEEE 802.11)";
      case SLL -> "link type 113 (Linux cooked)";
      case 127 -> "link type 127 (IEEE 802.11 with radiotap)";
      case SLL2 -> "link type 276 (Linux cooked, version 2)";
      default -> "link type " + linkType;
    };
  }
}
