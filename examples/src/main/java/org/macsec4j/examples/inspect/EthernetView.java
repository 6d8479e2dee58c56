package org.macsec4j.examples.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.macsec4j.MacAddress;

/**
 * A frame without the VLAN tags that stand in clear before its EtherType. A bridge puts such tags
 * around what MKA or MACsec has protected, so no ICV covers them (IEEE 802.1AE 11.7, "MACsec in the
 * clear tag"), and decoders that follow do not need to know of them.
 *
 * @param octets the frame with its tags taken out
 * @param etherType the first EtherType that is not a VLAN tag's; -1 when the frame ends before
 * @param vlans the VLAN identifiers, outermost first
 */
@SuppressWarnings("ArrayRecordComponent") // a view that lives as long as one frame
record EthernetView(byte[] octets, int etherType, List<Integer> vlans) {
  static final int MKA = 0x888E;
  static final int MKA_ALTERNATE = 0x876F;
  static final int MACSEC = 0x88E5;

  private static final int ETHERTYPE = 12;
  private static final int TAG = 4;
  private static final int MAX_TAGS = 4;
  private static final int VLAN_ID = 0xFFF;
  private static final int EAPOL_TYPE = 15;
  private static final int EAPOL_MKA = 5;

  static EthernetView of(byte[] frame) {
    List<Integer> vlans = new ArrayList<>(1);
    int at = ETHERTYPE;
    while (vlans.size() < MAX_TAGS && at + TAG + 2 <= frame.length && isTag(u16(frame, at))) {
      vlans.add(u16(frame, at + 2) & VLAN_ID);
      at += TAG;
    }
    int etherType = at + 2 <= frame.length ? u16(frame, at) : -1;
    if (vlans.isEmpty()) {
      return new EthernetView(frame, etherType, List.of());
    }
    byte[] untagged = Arrays.copyOf(frame, frame.length - (at - ETHERTYPE));
    System.arraycopy(frame, at, untagged, ETHERTYPE, frame.length - at);
    return new EthernetView(untagged, etherType, List.copyOf(vlans));
  }

  private static boolean isTag(int etherType) {
    return etherType == 0x8100 || etherType == 0x88A8 || etherType == 0x9100;
  }

  static int u16(byte[] octets, int at) {
    return ((octets[at] & 0xFF) << 8) | (octets[at + 1] & 0xFF);
  }

  boolean isEapol() {
    return etherType == MKA || etherType == MKA_ALTERNATE;
  }

  /** An EAPOL packet of type 5, or one that ends before its type. */
  boolean isMka() {
    return isEapol() && (octets.length <= EAPOL_TYPE || octets[EAPOL_TYPE] == EAPOL_MKA);
  }

  boolean isMacsec() {
    return etherType == MACSEC;
  }

  /** Where an octet of this view lies in the frame as captured. */
  int originalOffset(int offset) {
    return offset < ETHERTYPE ? offset : offset + TAG * vlans.size();
  }

  String destination() {
    return octets.length < MacAddress.LENGTH ? "" : MacAddress.of(octets, 0).toString();
  }

  String source() {
    return octets.length < 2 * MacAddress.LENGTH
        ? ""
        : MacAddress.of(octets, MacAddress.LENGTH).toString();
  }
}
