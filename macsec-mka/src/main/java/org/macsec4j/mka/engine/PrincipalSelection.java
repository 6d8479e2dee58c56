package org.macsec4j.mka.engine;

import java.util.List;
import org.macsec4j.Sci;

/**
 * Which participant decides on the keys of a port with several CAs, as a port has one SecY and
 * transmits with one key.
 *
 * <p>Four rules, the first that fits:
 *
 * <ol>
 *   <li>The preferred one among those that are key server and have a live peer; but not against one
 *       that is preferred still more and decides now, with another member as its key server.
 *   <li>The one that decides now, if it has a live peer.
 *   <li>The preferred one of those that have a live peer.
 *   <li>The one that decides now.
 * </ol>
 *
 * <p>So the key servers lead, and the others follow the SAK that reaches them. Two that prefer
 * different keys still meet: where one system is key server of both CAs, its SAK shows what it
 * chose; where two are, the members follow the CA that they prefer; and a key server whose key
 * nobody takes gives way.
 *
 * <p>In a group a CA does not count while another one has all its members and more: a member that
 * got its new key later than the others, or lost one, is not cut off for the sake of preference.
 * Nor does the decision move to a CA in which somebody speaks already and is not live yet who is
 * live in the one that decides now.
 */
final class PrincipalSelection {
  private PrincipalSelection() {}

  /**
   * The one that decides.
   *
   * @param running the participants, the preferred one first
   */
  static MkaParticipant choose(List<MkaParticipant> running, MkaParticipant incumbent) {
    if (running.size() == 1) {
      MkaParticipant only = running.get(0);
      return only.hasLivePeer() ? only : incumbent;
    }
    for (MkaParticipant participant : running) {
      if (isComplete(participant, running) && !awaitsAnyOf(participant, incumbent)) {
        if (participant.isServer() && !participant.gaveWay()) {
          return participant;
        }
        if (participant == incumbent) {
          return incumbent;
        }
      }
    }
    if (incumbent.hasLivePeer()) {
      return incumbent;
    }
    for (MkaParticipant participant : running) {
      if (isComplete(participant, running)) {
        return participant;
      }
    }
    return incumbent;
  }

  /**
   * Whether a SAK of a CA makes it the one that decides.
   *
   * @param preferred whether the CA is preferred to the one that decides now
   * @param working whether a key of the one that decides now is in use, or may soon be
   */
  static boolean follows(
      MkaParticipant participant, MkaParticipant incumbent, boolean preferred, boolean working) {
    if (!incumbent.hasLivePeer() || !working) {
      return true;
    }
    if (!incumbent.isServer()
        && participant.keyServer() != null
        && participant.keyServer().equals(incumbent.keyServer())) {
      return true;
    }
    return preferred ? !reachesMore(incumbent, participant) : reachesMore(participant, incumbent);
  }

  private static boolean isComplete(MkaParticipant participant, List<MkaParticipant> running) {
    return participant.hasLivePeer() && !isOutreached(participant, running);
  }

  /** Whether a CA will soon have somebody whom the one that decides now has already. */
  private static boolean awaitsAnyOf(MkaParticipant participant, MkaParticipant incumbent) {
    if (participant == incumbent) {
      return false;
    }
    for (Peer peer : participant.peers().potential()) {
      if (incumbent.peers().liveOf(peer.sci()) != null) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOutreached(MkaParticipant participant, List<MkaParticipant> running) {
    for (MkaParticipant other : running) {
      if (other != participant && !other.gaveWay() && reachesMore(other, participant)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the first has every live peer of the second, and more. */
  private static boolean reachesMore(MkaParticipant first, MkaParticipant second) {
    List<Peer> peers = second.peers().live();
    if (first.peers().live().size() <= peers.size()) {
      return false;
    }
    for (Peer peer : peers) {
      Sci sci = peer.sci();
      if (first.peers().liveOf(sci) == null) {
        return false;
      }
    }
    return true;
  }
}
