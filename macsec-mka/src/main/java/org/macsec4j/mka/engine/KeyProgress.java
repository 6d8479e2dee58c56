package org.macsec4j.mka.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the members of a key are with it, as their MKPDUs tell; no state, only questions. */
final class KeyProgress {
  private KeyProgress() {}

  /**
   * The key server waits until all receive, another member until the key server transmits. Who does
   * not answer is waited for only so long; but a key that nobody receives is never transmitted. A
   * key server that never tells which keys it uses is taken to receive with those that it gives.
   *
   * <p>With the first key another member begins as soon as the key server receives, when that has
   * no key in use either: no frame can be lost where none passed, and a key server that speaks on a
   * slow clock is not waited for.
   */
  static boolean mayTransmit(Sak key, boolean isFirst, boolean waitedEnough) {
    boolean all = true;
    boolean some = false;
    boolean forEverybody = true;
    for (Peer peer : key.owner().peers().live()) {
      if (key.isFor(peer.memberIdentifier())) {
        boolean receives =
            peer.receives(key.identifier()) || (!key.isOurs() && peer.sakUse() == null);
        all &= receives;
        some |= receives;
      } else {
        forEverybody = false;
      }
    }
    boolean waited = some && waitedEnough;
    if (key.isOurs()) {
      // For whom this key lacks, or whom its CA lacks so that another one is about to decide, the
      // next key is on its way; until then all have the one before.
      boolean last = isFirst || (forEverybody && key.owner().isSurePrincipal());
      return waited || (last && some && all);
    }
    Peer server = key.owner().peers().liveOf(key.server());
    return waited
        || (server != null
            && (server.transmits(key.identifier())
                || (isFirst && server.receives(key.identifier()) && !server.transmits())));
  }

  /** Whether all its live members transmit under the key, so that the one before may go. */
  static boolean isTransmittedByAll(Sak key) {
    for (Peer peer : key.owner().peers().live()) {
      if (key.isFor(peer.memberIdentifier()) && !peer.transmits(key.identifier())) {
        return false;
      }
    }
    return true;
  }

  /** Whether every live peer sends under a key of ours, so that none sends in clear. */
  static boolean isSwitched(List<Peer> live, Sak latest, @Nullable Sak old) {
    for (Peer peer : live) {
      boolean underOld = old != null && peer.transmits(old.identifier());
      if (!underOld && !peer.transmits(latest.identifier())) {
        return false;
      }
    }
    return true;
  }
}
