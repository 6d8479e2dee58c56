package org.macsec4j.mka.engine;

import java.util.Collection;
import org.macsec4j.Sci;

/**
 * Who decides (IEEE 802.1X 9.5): the lowest priority value, among equals the lowest SCI, of us and
 * our live peers.
 *
 * <p>A pure function of who is live. The Key Server flags of peers are no part of it: a flag is
 * what a peer concluded a moment ago from other peers than are live now, and an election that asks
 * for flags finds two winners, or none, when the key server of a group leaves.
 */
final class KeyServerElection {
  private KeyServerElection() {}

  /** The SCI of the winner. */
  static Sci elect(int ownPriority, Sci ownSci, Collection<Peer> live) {
    int bestPriority = ownPriority;
    Sci best = ownSci;
    for (Peer peer : live) {
      int priority = peer.basic().keyServerPriority();
      int order = Integer.compare(priority, bestPriority);
      if (order < 0 || (order == 0 && peer.sci().compareTo(best) < 0)) {
        bestPriority = priority;
        best = peer.sci();
      }
    }
    return best;
  }
}
