package org.macsec4j.mka.wire;

import java.util.List;

/**
 * Live Peer List (IEEE 802.1X 11.11, figure 11-9): the peers that proved that they receive the
 * sender.
 *
 * @param peers the peers, at most {@link #MAX_PEERS}; in version 3, beside a SAK for an XPN suite,
 *     ordered so that their SSCIs follow
 * @param keyServerSsci the low octet of the key server's SSCI, 0..255; said in version 3 beside a
 *     Distributed SAK for an XPN suite, else 0
 * @param reservedBits see {@link ParameterSet#reservedBits()}
 */
public record LivePeerList(List<PeerEntry> peers, int keyServerSsci, int reservedBits)
    implements ParameterSet {
  /** The most peers that the length of a parameter set can count. */
  public static final int MAX_PEERS = MkpduLayout.MAX_SET_BODY / MkpduLayout.PEER_ENTRY;

  /**
   * Copies the list and checks the ranges.
   *
   * @param peers the peers, at most {@link #MAX_PEERS}
   * @param keyServerSsci the low octet of the key server's SSCI, 0..255
   * @param reservedBits see {@link ParameterSet#reservedBits()}
   */
  public LivePeerList {
    peers = List.copyOf(peers);
    Ranges.check("the number of peers in a list", peers.size(), MAX_PEERS);
    Ranges.check("the low octet of an SSCI", keyServerSsci, 0xFF);
    Ranges.checkReserved(reservedBits, 0x00F);
  }

  /**
   * A list that says no SSCI.
   *
   * @param peers the peers
   */
  public LivePeerList(List<PeerEntry> peers) {
    this(peers, 0);
  }

  /**
   * A list without reserved bits.
   *
   * @param peers the peers
   * @param keyServerSsci the low octet of the key server's SSCI, or 0
   */
  public LivePeerList(List<PeerEntry> peers, int keyServerSsci) {
    this(peers, keyServerSsci, 0);
  }

  @Override
  public int type() {
    return MkpduLayout.TYPE_LIVE_PEER_LIST;
  }
}
