package org.macsec4j.mka.wire;

import java.util.List;
import java.util.Optional;

/**
 * Announcement (IEEE 802.1X 11.11, figure 11-15; version 2 and above): what the sender can do and
 * which network it belongs to, as TLVs.
 *
 * <p>Octets that make no complete TLV do not spoil the MKPDU: announcements are hints, and keys
 * must not be lost over them. Such octets are kept as the {@link #remainder()}.
 *
 * @param tlvs the TLVs in their order
 * @param remainder what follows the last complete TLV; normally empty
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record AnnouncementParameterSet(
    List<AnnouncementTlv> tlvs, OctetString remainder, int reservedBits) implements ParameterSet {
  /**
   * Copies the list and checks the length.
   *
   * @param tlvs the TLVs in their order
   * @param remainder what follows the last complete TLV
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public AnnouncementParameterSet {
    tlvs = List.copyOf(tlvs);
    Ranges.check(
        "the length of an announcement", length(tlvs, remainder), MkpduLayout.MAX_SET_BODY);
    Ranges.checkReserved(reservedBits, 0xFFF);
  }

  /**
   * An announcement of complete TLVs.
   *
   * @param tlvs the TLVs
   */
  public AnnouncementParameterSet(List<AnnouncementTlv> tlvs) {
    this(tlvs, OctetString.EMPTY, 0);
  }

  private static int length(List<AnnouncementTlv> tlvs, OctetString remainder) {
    int length = remainder.length();
    for (AnnouncementTlv tlv : tlvs) {
      length += MkpduLayout.TLV_HEAD + tlv.value().length();
    }
    return length;
  }

  /** Octets of the body. */
  int bodyLength() {
    return length(tlvs, remainder);
  }

  /**
   * The suites of the first MACsec Cipher Suites TLV that can be read.
   *
   * @return the suites in their order; empty when none are announced
   */
  public Optional<List<AnnouncementTlv.AnnouncedSuite>> cipherSuites() {
    for (AnnouncementTlv tlv : tlvs) {
      Optional<List<AnnouncementTlv.AnnouncedSuite>> suites = tlv.cipherSuites();
      if (suites.isPresent()) {
        return suites;
      }
    }
    return Optional.empty();
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_ANNOUNCEMENT;
  }
}
