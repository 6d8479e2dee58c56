package org.macsec4j.mka.wire;

import java.util.List;

/**
 * Potential Peer List (IEEE 802.1X 11.11, figure 11-9): the peers that the sender received and that
 * have not yet proved that they receive the sender.
 *
 * @param peers the peers, at most {@link LivePeerList#MAX_PEERS}
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record PotentialPeerList(List<PeerEntry> peers, int reservedBits) implements ParameterSet {
  /**
   * Copies the list and checks the ranges.
   *
   * @param peers the peers, at most {@link LivePeerList#MAX_PEERS}
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public PotentialPeerList {
    peers = List.copyOf(peers);
    Ranges.check("the number of peers in a list", peers.size(), LivePeerList.MAX_PEERS);
    Ranges.checkReserved(reservedBits, 0xFFF);
  }

  /**
   * A list without reserved bits.
   *
   * @param peers the peers
   */
  public PotentialPeerList(List<PeerEntry> peers) {
    this(peers, 0);
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_POTENTIAL_PEER_LIST;
  }
}
