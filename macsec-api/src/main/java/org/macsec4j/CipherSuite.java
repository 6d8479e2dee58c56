package org.macsec4j;

import java.util.Optional;

/**
 * The cipher suites of IEEE 802.1AE clause 14.
 *
 * <p>Identifiers that stand for none of the four are data of whoever met them, not values of this
 * type.
 */
public enum CipherSuite {
  /** GCM-AES-128, the default and mandatory suite (14.5). */
  GCM_AES_128(0x0080_C200_0100_0001L, 16, false),
  /** GCM-AES-256 (14.6). */
  GCM_AES_256(0x0080_C200_0100_0002L, 32, false),
  /** GCM-AES-XPN-128, with 64-bit packet numbers (14.7). */
  GCM_AES_XPN_128(0x0080_C200_0100_0003L, 16, true),
  /** GCM-AES-XPN-256, with 64-bit packet numbers (14.8). */
  GCM_AES_XPN_256(0x0080_C200_0100_0004L, 32, true);

  /**
   * The identifier that the first edition of 802.1AE printed by mistake for GCM-AES-128; Linux
   * shows it still.
   */
  private static final long GCM_AES_128_OF_2006 = 0x0080_0200_0100_0001L;

  private final long id;
  private final int keyLength;
  private final boolean xpn;

  CipherSuite(long id, int keyLength, boolean xpn) {
    this.id = id;
    this.keyLength = keyLength;
    this.xpn = xpn;
  }

  /**
   * The suite of an identifier (802.1AE table 14-1); the misprint of the 2006 edition is taken for
   * GCM-AES-128.
   *
   * @param id the EUI-64, first octet most significant
   * @return the suite, empty when it is none of the four
   */
  public static Optional<CipherSuite> ofId(long id) {
    if (id == GCM_AES_128_OF_2006) {
      return Optional.of(GCM_AES_128);
    }
    for (CipherSuite suite : values()) {
      if (suite.id == id) {
        return Optional.of(suite);
      }
    }
    return Optional.empty();
  }

  /**
   * The identifier on the wire.
   *
   * @return an EUI-64, first octet most significant
   */
  public long id() {
    return id;
  }

  /**
   * The length of a SAK.
   *
   * @return 16 or 32 octets
   */
  public int keyLength() {
    return keyLength;
  }

  /**
   * Whether packet numbers have 64 bits, so that an SSCI and a salt are needed.
   *
   * @return true for the two XPN suites
   */
  public boolean isXpn() {
    return xpn;
  }

  /**
   * The greatest packet number under one key.
   *
   * @return 2^32 - 1, or 2^64 - 1 with extended packet numbering
   */
  public PacketNumber maxPacketNumber() {
    return xpn ? PacketNumber.MAX_64 : PacketNumber.MAX_32;
  }

  /** The standard's name, for instance {@code GCM-AES-XPN-256}. */
  @Override
  public String toString() {
    return name().replace('_', '-');
  }
}
