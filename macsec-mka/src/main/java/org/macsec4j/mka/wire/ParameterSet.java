package org.macsec4j.mka.wire;

/**
 * A parameter set of an MKPDU other than the basic one (IEEE 802.1X 11.11.1, table 11-7). The basic
 * parameter set is not of this family: it has no type, comes always first, and every MKPDU has one.
 *
 * <p>The head of each set has twelve bits of its own: the second octet, and the upper half of the
 * third. {@link #reservedBits()} holds those of them that the standard reserves, in their places
 * (bits 11 to 4 the octet, 3 to 0 the half). They are zero when sent, ignored when received, and
 * kept so that a tool can show them.
 */
public sealed interface ParameterSet
    permits LivePeerList,
        PotentialPeerList,
        MacsecSakUse,
        DistributedSak,
        DistributedCak,
        KmdParameterSet,
        AnnouncementParameterSet,
        XpnParameterSet,
        IcvIndicator,
        UnknownParameterSet {
  /**
   * The parameter set type.
   *
   * @return 0..255
   */
  int type();

  /**
   * Reserved bits of the head as received; 0 in what this project sends.
   *
   * @return twelve bits, those with a meaning zero
   */
  int reservedBits();
}
