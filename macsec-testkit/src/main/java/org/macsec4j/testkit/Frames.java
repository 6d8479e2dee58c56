package org.macsec4j.testkit;

import java.util.Set;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;

/**
 * The little that the laboratory reads of an Ethernet frame.
 *
 * <pre>
 *  0                6                12     14
 * +----------------+----------------+------+---------
 * | destination    | source         | type | data
 * +----------------+----------------+------+---------
 *                                     88E5  TCI SL PN(4) SCI(8, when the SC bit is set) ...
 * </pre>
 */
final class Frames {
  static final int HEADER_LENGTH = 14;
  static final int ETHER_TYPE_MACSEC = 0x88E5;

  /** EAPOL of 802.1X, and what some switches use in its place to pass bridges. */
  static final Set<Integer> ETHER_TYPES_EAPOL = Set.of(0x888E, 0x876F);

  private static final int SOURCE_OFFSET = 6;
  private static final int ETHER_TYPE_OFFSET = 12;
  private static final int TCI_OFFSET = 14;
  private static final int SCI_OFFSET = 20;
  private static final int TCI_SC = 0x20;

  private Frames() {}

  static byte[] of(MacAddress destination, MacAddress source, int etherType, byte[] data) {
    byte[] frame = new byte[HEADER_LENGTH + data.length];
    destination.writeTo(frame, 0);
    source.writeTo(frame, SOURCE_OFFSET);
    frame[ETHER_TYPE_OFFSET] = (byte) (etherType >>> 8);
    frame[ETHER_TYPE_OFFSET + 1] = (byte) etherType;
    System.arraycopy(data, 0, frame, HEADER_LENGTH, data.length);
    return frame;
  }

  static MacAddress destination(byte[] frame) {
    return MacAddress.of(frame, 0);
  }

  static int etherType(byte[] frame) {
    return (frame[ETHER_TYPE_OFFSET] & 0xFF) << 8 | (frame[ETHER_TYPE_OFFSET + 1] & 0xFF);
  }

  /** Whether a frame is MACsec and its SecTAG holds this SCI. */
  static boolean isFrom(Sci sci, byte[] frame) {
    return etherType(frame) == ETHER_TYPE_MACSEC
        && frame.length >= SCI_OFFSET + Sci.LENGTH
        && (frame[TCI_OFFSET] & TCI_SC) != 0
        && Sci.of(frame, SCI_OFFSET).equals(sci);
  }

  /** Refuses what the caller cannot have meant as a frame. */
  static byte[] checked(byte[] frame) {
    if (frame.length < HEADER_LENGTH) {
      throw new IllegalArgumentException(
          "a frame has at least 14 octets (addresses and EtherType), not " + frame.length);
    }
    return frame.clone();
  }
}
