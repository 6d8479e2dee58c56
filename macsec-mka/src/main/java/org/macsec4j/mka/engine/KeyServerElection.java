package org.macsec4j.mka.engine;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.macsec4j.Sci;
import org.macsec4j.mka.KeyServerRole;

/**
 * Who decides (IEEE 802.1X 9.5): the lowest priority value, among equals the lowest SCI, of us and
 * our live peers. A forced role only says whether we stand at all: a server elects itself, a client
 * elects among the others.
 *
 * <p>A pure function of who is live. The Key Server flags of peers are no part of it: a flag is
 * what a peer concluded a moment ago from other peers than are live now, and an election that asks
 * for flags finds two winners, or none, when the key server of a group leaves.
 */
final class KeyServerElection {
  /** What a member of a CA stands with; the least one wins. */
  record Candidate(int priority, Sci sci) implements Comparable<Candidate> {
    private static final Comparator<Candidate> ORDER =
        Comparator.comparingInt(Candidate::priority).thenComparing(Candidate::sci);

    @Override
    public int compareTo(Candidate other) {
      return ORDER.compare(this, other);
    }
  }

  /** What a forced role sends in place of the configured priority (802.1X table 9-2). */
  private static final int SERVER_PRIORITY = 0;

  private static final int CLIENT_PRIORITY = 255;

  private KeyServerElection() {}

  /** The priority that a member of a role sends. */
  static int priority(KeyServerRole role, int configured) {
    return switch (role) {
      case AUTO -> configured;
      case SERVER -> SERVER_PRIORITY;
      case CLIENT -> CLIENT_PRIORITY;
    };
  }

  /** The SCI of the winner; null for a client that is alone. */
  static @Nullable Sci elect(KeyServerRole role, Candidate self, Collection<Peer> live) {
    if (role == KeyServerRole.SERVER) {
      return self.sci();
    }
    Candidate best = role == KeyServerRole.CLIENT ? null : self;
    for (Peer peer : live) {
      Candidate other = new Candidate(peer.keyServerPriority(), peer.sci());
      if (best == null || other.compareTo(best) < 0) {
        best = other;
      }
    }
    return best == null ? null : best.sci();
  }
}
