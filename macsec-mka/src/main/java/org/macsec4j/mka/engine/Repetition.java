package org.macsec4j.mka.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.wire.AnnouncementParameterSet;
import org.macsec4j.mka.wire.BasicParameterSet;
import org.macsec4j.mka.wire.IcvIndicator;
import org.macsec4j.mka.wire.LivePeerList;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;
import org.macsec4j.mka.wire.ParameterSet;
import org.macsec4j.mka.wire.PeerEntry;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * Tells the MKPDU that says nothing new, as almost all do: a live peer says what it said before,
 * and that it hears us; at most its packet numbers rose. All that follows is that it lives on.
 *
 * <p>It only ever saves work. What it does not know, such as a set that is seldom sent, or doubts,
 * is for {@link MkaParticipant#receive}, which comes to the same result for a repetition. With
 * delay protection each packet number is news to the SecY.
 */
final class Repetition {
  /** What a peer says that may differ from one hello to the next. */
  private record Said(List<PeerEntry> live, @Nullable SakUseReport keys) {}

  private Repetition() {}

  /**
   * Takes a repetition; false, and nothing is done, for any other MKPDU.
   *
   * @param key the key in use
   * @param newsNumber the message number of ours that a peer must have heard to know our news
   */
  static boolean take(
      long now, Mkpdu mkpdu, MkaParticipant actor, @Nullable Sak key, long newsNumber) {
    BasicParameterSet basic = mkpdu.basic();
    Peer peer = actor.peers().liveOf(basic.actorMemberIdentifier());
    if (key == null
        || peer == null
        || !peer.isListed()
        || !peer.hearsay().isEmpty()
        || peer.suspendedUntil != Suspension.NONE
        || !peer.saysAgain(basic)) {
      return false;
    }
    Said said = said(mkpdu, peer);
    if (said == null || (said.keys != null && actor.lifecycle().isNearlyUsedUp(key, said.keys))) {
      return false;
    }
    long heard = numberOf(actor.identity().memberIdentifier(), said.live);
    if (heard == 0 || heard < newsNumber || !actor.identity().isRecent(heard, now)) {
      return false;
    }
    peer.says(basic);
    peer.sakUse(said.keys);
    peer.acknowledged(heard);
    actor.peers().proved(now, peer);
    return true;
  }

  /** Null when anything is said that was not said before. */
  private static @Nullable Said said(Mkpdu mkpdu, Peer peer) {
    LivePeerList list = null;
    MacsecSakUse use = null;
    XpnParameterSet xpn = null;
    for (ParameterSet set : mkpdu.sets()) {
      if (set instanceof LivePeerList live && list == null) {
        list = live;
      } else if (set instanceof MacsecSakUse keys && use == null) {
        use = keys;
      } else if (set instanceof XpnParameterSet numbers && xpn == null) {
        xpn = numbers;
      } else if (!(set instanceof AnnouncementParameterSet || set instanceof IcvIndicator)) {
        return null;
      }
    }
    if (list == null
        || !peer.listsAgain(list.peers())
        || (xpn != null && xpn.suspensionTimeSeconds() != 0)
        || peer.wouldAnnounce(mkpdu)) {
      return null;
    }
    SakUseReport before = peer.sakUse();
    if (use == null || before == null) {
      return use == null && before == null ? new Said(list.peers(), null) : null;
    }
    SakUseReport keys = new SakUseReport(use, Optional.ofNullable(xpn));
    if (keys.equals(before)) {
      return new Said(list.peers(), before);
    }
    return keys.differsInNumbersAlone(before) && !use.delayProtect()
        ? new Said(list.peers(), keys)
        : null;
  }

  /** The message number that a list has for a member; 0 for none. */
  private static long numberOf(MemberIdentifier member, List<PeerEntry> list) {
    for (PeerEntry entry : list) {
      if (entry.memberIdentifier().equals(member)) {
        return entry.messageNumber();
      }
    }
    return 0;
  }
}
