package org.macsec4j.mka.wire;

/**
 * ICV indicator (IEEE 802.1X 11.11, figure 11-17): the head of the ICV at the end of an MKPDU. An
 * ICV of sixteen octets does not need it, yet some switches send it always and some ask for it. The
 * ICV covers it.
 *
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record IcvIndicator(int reservedBits) implements ParameterSet {
  /**
   * Checks the range.
   *
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public IcvIndicator {
    Ranges.checkReserved(reservedBits, 0xFFF);
  }

  /** An indicator without reserved bits. */
  public IcvIndicator() {
    this(0);
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_ICV_INDICATOR;
  }
}
