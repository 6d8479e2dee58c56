package org.macsec4j.offload;

import java.security.SecureRandom;
import java.util.Arrays;
import org.macsec4j.MacAddress;
import org.macsec4j.Sci;

/**
 * A frame that is known again wherever it comes by: to a random group address that nobody listens
 * to, of an EtherType for local experiments (IEEE 802 clause 9.2.4), and with random octets.
 *
 * <pre>
 *  0             6        12          14                78                110
 * +-------------+--------+-----------+-----------------+-----------------+
 * | random      | source | 0x88B5    | zeros (64)      | marker (32)     |
 * | local group |        |           |                 |                 |
 * +-------------+--------+-----------+-----------------+-----------------+
 * </pre>
 *
 * <p>MACsec leaves both addresses as they are, so a protected frame is known by the first. The
 * zeros are longer than any confidentiality offset, which would leave a marker in clear.
 */
final class MarkerFrame {
  static final int MARKER_LENGTH = 32;

  private static final int HEADER_LENGTH = 14;
  private static final int FILLER_LENGTH = 64;
  private static final int LENGTH = HEADER_LENGTH + FILLER_LENGTH + MARKER_LENGTH;
  private static final int ETHER_TYPE_AT = 12;
  private static final int ETHER_TYPE_LENGTH = 2;
  private static final int ETHER_TYPE_EXPERIMENT = 0x88B5;
  private static final int ETHER_TYPE_MACSEC = 0x88E5;
  private static final int ETHER_TYPE_CUSTOMER_TAG = 0x8100;
  private static final int ETHER_TYPE_SERVICE_TAG = 0x88A8;
  private static final int VLAN_TAG_LENGTH = 4;
  private static final int LOCAL_GROUP = 0x03;

  private static final int SECTAG_LENGTH = 8;
  private static final int TCI_HAS_SCI = 0x20;
  private static final int TCI_ENCRYPTED = 0x08;

  /** What a frame that came by is. */
  enum Sighting {
    /** Nothing to do with the marker. */
    OTHER,
    /** The marker without a SecTAG before it. */
    CLEAR,
    /** A SecTAG of the SecY says that it is encrypted, and the marker can be read. */
    ENCRYPTED_IN_NAME,
    /** A SecTAG of the SecY says that it is not encrypted. */
    INTEGRITY_ONLY,
    /** A SecTAG of the SecY says that it is encrypted, and so it is. */
    ENCRYPTED,
    /** Protected, by another SecY. */
    OF_ANOTHER_SECY
  }

  private final MacAddress destination;
  private final Sci sci;
  private final byte[] marker;
  private final byte[] octets;

  MarkerFrame(MacAddress destination, MacAddress source, Sci sci, byte[] marker) {
    this.destination = destination;
    this.sci = sci;
    this.marker = marker.clone();
    this.octets = new byte[LENGTH];
    destination.writeTo(octets, 0);
    source.writeTo(octets, MacAddress.LENGTH);
    octets[ETHER_TYPE_AT] = (byte) (ETHER_TYPE_EXPERIMENT >>> Byte.SIZE);
    octets[ETHER_TYPE_AT + 1] = (byte) ETHER_TYPE_EXPERIMENT;
    System.arraycopy(marker, 0, octets, HEADER_LENGTH + FILLER_LENGTH, MARKER_LENGTH);
  }

  /**
   * One that nobody sent before.
   *
   * @param source the address of the secured interface
   * @param sci of its transmit channel
   */
  static MarkerFrame random(MacAddress source, Sci sci, SecureRandom random) {
    byte[] address = new byte[MacAddress.LENGTH];
    random.nextBytes(address);
    address[0] |= LOCAL_GROUP;
    byte[] marker = new byte[MARKER_LENGTH];
    random.nextBytes(marker);
    return new MarkerFrame(MacAddress.of(address, 0), source, sci, marker);
  }

  MacAddress destination() {
    return destination;
  }

  byte[] octets() {
    return octets.clone();
  }

  /** What a frame is, any octets whatever. */
  Sighting judge(byte[] frame) {
    boolean readable = holdsMarker(frame);
    int tag = secTagAt(frame);
    if (tag < 0) {
      return readable ? Sighting.CLEAR : Sighting.OTHER;
    }
    // A frame that was cut on its way could hide a marker that stands in clear.
    if (!MacAddress.of(frame, 0).equals(destination) || frame.length < LENGTH + SECTAG_LENGTH) {
      return Sighting.OTHER;
    }
    if (!isOurs(frame, tag)) {
      return Sighting.OF_ANOTHER_SECY;
    }
    if ((frame[tag] & TCI_ENCRYPTED) == 0) {
      return Sighting.INTEGRITY_ONLY;
    }
    return readable ? Sighting.ENCRYPTED_IN_NAME : Sighting.ENCRYPTED;
  }

  /** Without an SCI in the tag the addresses have to do. */
  private boolean isOurs(byte[] frame, int tag) {
    int sciAt = tag + SECTAG_LENGTH - ETHER_TYPE_LENGTH;
    return (frame[tag] & TCI_HAS_SCI) == 0
        || (frame.length >= sciAt + Sci.LENGTH && Sci.of(frame, sciAt).equals(sci));
  }

  /** Where the SecTAG goes on after its EtherType, also behind tags of VLANs; negative if none. */
  private static int secTagAt(byte[] frame) {
    int at = ETHER_TYPE_AT;
    while (frame.length >= at + SECTAG_LENGTH) {
      int etherType = (frame[at] & 0xFF) << Byte.SIZE | (frame[at + 1] & 0xFF);
      if (etherType == ETHER_TYPE_MACSEC) {
        return at + ETHER_TYPE_LENGTH;
      }
      if (etherType != ETHER_TYPE_CUSTOMER_TAG && etherType != ETHER_TYPE_SERVICE_TAG) {
        return -1;
      }
      at += VLAN_TAG_LENGTH;
    }
    return -1;
  }

  private boolean holdsMarker(byte[] frame) {
    for (int at = 0; at + MARKER_LENGTH <= frame.length; at++) {
      if (Arrays.equals(frame, at, at + MARKER_LENGTH, marker, 0, MARKER_LENGTH)) {
        return true;
      }
    }
    return false;
  }
}
