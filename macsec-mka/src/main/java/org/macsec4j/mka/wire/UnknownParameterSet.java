package org.macsec4j.mka.wire;

/**
 * A parameter set of a type that this version does not know. A receiver skips it and goes on with
 * the next (IEEE 802.1X 11.11.4); here it is kept as data.
 *
 * @param type 0..255, none of the known types
 * @param reservedBits all twelve bits of the head, as nothing is known of them
 * @param body the octets between head and padding, at most 4095
 */
public record UnknownParameterSet(int type, int reservedBits, OctetString body)
    implements ParameterSet {
  /**
   * Checks the ranges, and that no known set hides in here.
   *
   * @param type 0..255, none of the known types
   * @param reservedBits all twelve bits of the head, as nothing is known of them
   * @param body the octets between head and padding, at most 4095
   */
  public UnknownParameterSet {
    Ranges.check("a parameter set type", type, 0xFF);
    if (isKnown(type)) {
      throw new IllegalArgumentException("parameter set type " + type + " is known");
    }
    Ranges.checkReserved(reservedBits, 0xFFF);
    Ranges.check("the length of a parameter set", body.length(), MkpduLayout.MAX_SET_BODY);
  }

  private static boolean isKnown(int type) {
    return (type >= MkpduLayout.TYPE_LIVE_PEER_LIST && type <= MkpduLayout.TYPE_XPN)
        || type == MkpduLayout.TYPE_ICV_INDICATOR;
  }
}
