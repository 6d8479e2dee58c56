package org.macsec4j.mka.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.Sci;

/**
 * What the SecY shall be.
 *
 * @param receive the keys to receive with, the latest one first
 * @param peers the peers to receive from
 * @param latest the key that is, or is about to be, transmitted with; installed before it is used
 * @param transmit the key to transmit with, null for none
 * @param portEnabled whether user frames may pass
 * @param protection how frames are treated; as soon as the key to transmit with can be used
 */
record SecyPlan(
    List<Sak> receive,
    List<Peer> peers,
    @Nullable Sak latest,
    @Nullable Sak transmit,
    boolean portEnabled,
    Protection protection) {
  /** Nothing passes, and no key is left. */
  static SecyPlan nothing(Protection protection) {
    return new SecyPlan(List.of(), List.of(), null, null, false, protection);
  }

  /** Whether what is to be done may change although the plan does not: packet numbers rise. */
  boolean isMoving() {
    for (Peer peer : peers) {
      SakUseReport report = peer.sakUse();
      if (report != null && report.use().delayProtect()) {
        return true;
      }
    }
    return false;
  }

  /** The key to receive with from a peer under an association number, null for none. */
  @Nullable Sak receiveKey(Peer peer, AssociationNumber an) {
    for (Sak key : receive) {
      if (key.an() == an && covers(key, peer)) {
        return key;
      }
    }
    return null;
  }

  /** The key to have ready for transmitting under an association number, null for none. */
  @Nullable Sak transmitKey(AssociationNumber an) {
    if (latest != null && latest.an() == an) {
      return latest;
    }
    return transmit != null && transmit.an() == an ? transmit : null;
  }

  @Nullable Peer peer(Sci sci) {
    for (Peer peer : peers) {
      if (peer.sci().equals(sci)) {
        return peer;
      }
    }
    return null;
  }

  /**
   * Whether a peer has a key, so that frames under it may come. One that takes another member
   * identifier may go on with the key that it has; its channel is the same, so that what is
   * installed may stay. Not with extended packet numbering, which knows members by their number.
   */
  static boolean covers(Sak key, Peer peer) {
    return key.isFor(peer.memberIdentifier())
        || (!key.suite().isXpn()
            && key.wasReceiveInstalled(peer.sci())
            && peer.receives(key.identifier()));
  }
}
