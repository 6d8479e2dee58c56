package org.macsec4j.mka.wire;

/**
 * How much of a peer's MKPDU a decoder takes, so that a frame costs a bounded amount of memory.
 *
 * @param maxFrameOctets the longest frame, Ethernet header and padding included
 * @param maxSets the most parameter sets beside the basic one
 * @param maxPeers the most entries of a peer list
 */
public record DecodeLimits(int maxFrameOctets, int maxSets, int maxPeers) {
  /**
   * Frames of up to 9216 octets, as jumbo frames are, 64 parameter sets, as many peers as a list
   * can hold.
   */
  public static final DecodeLimits DEFAULT = new DecodeLimits(9216, 64, LivePeerList.MAX_PEERS);

  /**
   * Checks that nothing is negative.
   *
   * @param maxFrameOctets the longest frame, Ethernet header and padding included
   * @param maxSets the most parameter sets beside the basic one
   * @param maxPeers the most entries of a peer list
   */
  public DecodeLimits {
    if (maxFrameOctets < 0 || maxSets < 0 || maxPeers < 0) {
      throw new IllegalArgumentException(
          "limits are 0 or more: frame octets "
              + maxFrameOctets
              + ", parameter sets "
              + maxSets
              + ", peers "
              + maxPeers);
    }
  }
}
