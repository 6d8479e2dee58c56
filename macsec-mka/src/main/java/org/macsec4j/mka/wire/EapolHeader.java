package org.macsec4j.mka.wire;

import java.util.Objects;
import org.macsec4j.MacAddress;

/**
 * What stands before an MKPDU in its frame (IEEE 802.1X 11.1, 11.3). The packet type, always 5, and
 * the body length follow from the MKPDU.
 *
 * @param destination the destination address
 * @param source the source address
 * @param etherType the EtherType, 0..65535; {@link #ETHERTYPE} by the standard
 * @param eapolVersion the EAPOL protocol version, 0..255; 3 since 802.1X-2010. Receivers take any
 */
public record EapolHeader(
    MacAddress destination, MacAddress source, int etherType, int eapolVersion) {
  /** The EtherType of EAPOL: 88-8E. */
  public static final int ETHERTYPE = 0x888E;

  /**
   * An EtherType that Cisco's devices can be set to, to pass EAPOL through a provider's network.
   */
  public static final int ETHERTYPE_CISCO_ALTERNATE = 0x876F;

  /** The EAPOL version of 802.1X-2010 and 802.1X-2020. */
  public static final int EAPOL_VERSION = 3;

  /** The PAE group address, where MKPDUs go by default (802.1X 11.1.1). */
  public static final MacAddress PAE_GROUP_ADDRESS = new MacAddress(0x0180_C200_0003L);

  /**
   * Checks the ranges.
   *
   * @param destination the destination address
   * @param source the source address
   * @param etherType the EtherType, 0..65535
   * @param eapolVersion the EAPOL protocol version, 0..255
   */
  public EapolHeader {
    Objects.requireNonNull(destination, "destination");
    Objects.requireNonNull(source, "source");
    Ranges.check("an EtherType", etherType, 0xFFFF);
    Ranges.check("an EAPOL version", eapolVersion, 0xFF);
  }

  /**
   * The header by the standard: to the PAE group address, version 3.
   *
   * @param source the source address
   * @return the header
   */
  public static EapolHeader from(MacAddress source) {
    return new EapolHeader(PAE_GROUP_ADDRESS, source, ETHERTYPE, EAPOL_VERSION);
  }
}
