package org.macsec4j.mka.wire;

/**
 * XPN parameter set (IEEE 802.1X 11.11, figure 11-16; version 2 and above): the upper halves of the
 * lowest acceptable packet numbers whose lower halves are in the MACsec SAK Use set, and the time
 * for which the sender will be silent.
 *
 * @param suspensionTimeSeconds the MKA suspension time, 0..255 seconds; 0 for none
 * @param latestLowestPnHigh upper 32 bits for the latest key, 0..2^32 - 1
 * @param oldLowestPnHigh upper 32 bits for the old key, 0..2^32 - 1
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record XpnParameterSet(
    int suspensionTimeSeconds, long latestLowestPnHigh, long oldLowestPnHigh, int reservedBits)
    implements ParameterSet {
  /**
   * Checks the ranges.
   *
   * @param suspensionTimeSeconds the MKA suspension time, 0..255 seconds
   * @param latestLowestPnHigh upper 32 bits for the latest key, 0..2^32 - 1
   * @param oldLowestPnHigh upper 32 bits for the old key, 0..2^32 - 1
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public XpnParameterSet {
    Ranges.check("an MKA suspension time", suspensionTimeSeconds, 0xFF);
    Ranges.check("the upper half of a packet number", latestLowestPnHigh, Ranges.MAX_U32);
    Ranges.check("the upper half of a packet number", oldLowestPnHigh, Ranges.MAX_U32);
    Ranges.checkReserved(reservedBits, 0x00F);
  }

  /**
   * A set without reserved bits.
   *
   * @param suspensionTimeSeconds 0..255 seconds; 0 for none
   * @param latestLowestPnHigh upper 32 bits for the latest key
   * @param oldLowestPnHigh upper 32 bits for the old key
   */
  public XpnParameterSet(int suspensionTimeSeconds, long latestLowestPnHigh, long oldLowestPnHigh) {
    this(suspensionTimeSeconds, latestLowestPnHigh, oldLowestPnHigh, 0);
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_XPN;
  }
}
