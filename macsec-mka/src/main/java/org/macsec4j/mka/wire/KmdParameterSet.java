package org.macsec4j.mka.wire;

/**
 * Key Management Domain (IEEE 802.1X 11.11, figure 11-14): a name that tells a roaming station
 * whether its cached CAK is known here. Any length is taken, as nothing is decided by it.
 *
 * @param domain the name, UTF-8 by convention
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record KmdParameterSet(OctetString domain, int reservedBits) implements ParameterSet {
  /**
   * Checks the length.
   *
   * @param domain the name, UTF-8 by convention
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public KmdParameterSet {
    Ranges.check("the length of a KMD", domain.length(), MkpduLayout.MAX_SET_BODY);
    Ranges.checkReserved(reservedBits, 0xFFF);
  }

  /**
   * A set without reserved bits.
   *
   * @param domain the name
   */
  public KmdParameterSet(OctetString domain) {
    this(domain, 0);
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_KMD;
  }
}
