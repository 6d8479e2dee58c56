package org.macsec4j.mka.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.macsec4j.CipherSuite;
import org.macsec4j.mka.MacsecCapability;

/**
 * A TLV of an announcement (IEEE 802.1X 11.12): seven bits of type, nine bits of length, the value.
 * Types that are not known here are data like the others.
 *
 * @param type 0..127
 * @param value at most 511 octets
 */
public record AnnouncementTlv(int type, OctetString value) {
  /** Access Information. */
  public static final int ACCESS_INFORMATION = 111;

  /** MACsec Cipher Suites. */
  public static final int CIPHER_SUITES = 112;

  /** Key Management Domain. */
  public static final int KMD = 113;

  /** Network Identifier. */
  public static final int NID = 114;

  /** Organisationally specific, as a set of TLVs. */
  public static final int ORGANISATIONAL_SET = 126;

  /** Organisationally specific. */
  public static final int ORGANISATIONAL = 127;

  /**
   * Checks the ranges.
   *
   * @param type 0..127
   * @param value at most 511 octets
   */
  public AnnouncementTlv {
    Ranges.check("a TLV type", type, MkpduLayout.MAX_TLV_TYPE);
    Ranges.check("the length of a TLV", value.length(), MkpduLayout.MAX_TLV_LENGTH);
  }

  /**
   * A cipher suite that a sender announces.
   *
   * @param capability what its SecY can do with the suite
   * @param reservedBits the fourteen bits beside the capability, 0 when sent
   * @param suiteId the suite's identifier, an EUI-64
   */
  public record AnnouncedSuite(MacsecCapability capability, int reservedBits, long suiteId) {
    /**
     * Checks the range.
     *
     * @param capability what its SecY can do with the suite
     * @param reservedBits the fourteen bits beside the capability, 0 when sent
     * @param suiteId the suite's identifier, an EUI-64
     */
    public AnnouncedSuite {
      Ranges.check("the reserved bits of an announced suite", reservedBits, 0x3FFF);
    }

    /**
     * The suite.
     *
     * @return the suite; empty when the identifier is none of the four
     */
    public Optional<CipherSuite> cipherSuite() {
      return CipherSuite.ofId(suiteId);
    }
  }

  /**
   * A MACsec Cipher Suites TLV.
   *
   * @param suites the suites, best first
   * @return the TLV
   * @throws IllegalArgumentException for more than 51 suites
   */
  public static AnnouncementTlv ofCipherSuites(List<AnnouncedSuite> suites) {
    Ranges.check(
        "the number of announced suites",
        suites.size(),
        MkpduLayout.MAX_TLV_LENGTH / MkpduLayout.CIPHER_SUITE_ENTRY);
    byte[] value = new byte[suites.size() * MkpduLayout.CIPHER_SUITE_ENTRY];
    WireWriter writer = new WireWriter(value);
    for (AnnouncedSuite suite : suites) {
      writer.u16(suite.reservedBits() << 2 | suite.capability().code());
      writer.i64(suite.suiteId());
    }
    return new AnnouncementTlv(CIPHER_SUITES, OctetString.of(value));
  }

  /**
   * The suites of a MACsec Cipher Suites TLV.
   *
   * @return the suites in their order; empty when this is another TLV or its length is no multiple
   *     of ten octets
   */
  public Optional<List<AnnouncedSuite>> cipherSuites() {
    if (type != CIPHER_SUITES || value.length() % MkpduLayout.CIPHER_SUITE_ENTRY != 0) {
      return Optional.empty();
    }
    byte[] octets = value.toByteArray();
    WireReader reader = new WireReader(octets, 0, 0, octets.length, MalformedReason.SET_OVERRUN);
    List<AnnouncedSuite> suites = new ArrayList<>(octets.length / MkpduLayout.CIPHER_SUITE_ENTRY);
    try {
      while (reader.remaining() > 0) {
        int head = reader.u16();
        MacsecCapability capability = MacsecCapability.ofCode(head & MkpduLayout.TWO_BITS);
        suites.add(new AnnouncedSuite(capability, head >>> 2, reader.i64()));
      }
    } catch (MalformedMkpduException e) {
      throw new AssertionError("a multiple of ten octets was read to its end", e);
    }
    return Optional.of(List.copyOf(suites));
  }
}
