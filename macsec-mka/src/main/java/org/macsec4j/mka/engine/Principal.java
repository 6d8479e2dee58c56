package org.macsec4j.mka.engine;

import java.util.List;
import org.macsec4j.mka.MkaEvent;

/**
 * The participant that decides on the keys of the port now. Which one it shall be says {@link
 * PrincipalSelection}; when it changes, this.
 *
 * <p>A member comes to several CAs one after the other, if only microseconds apart, and in between
 * one CA has somebody whom another lacks. A move for that would be taken back at once, and each
 * costs a key. So as long as the one that decides has a live peer, a better one has to be better
 * for a moment.
 */
final class Principal {
  private static final long HESITATION_NANOS = 10_000_000L;

  private final PortContext context;
  private MkaParticipant holder;
  private long movesAt = TimerTable.NEVER;

  Principal(PortContext context, MkaParticipant first) {
    this.context = context;
    this.holder = first;
  }

  MkaParticipant holder() {
    return holder;
  }

  /** Whether a participant decides, and no better one is about to. */
  boolean isSure(MkaParticipant participant) {
    return participant == holder && movesAt == TimerTable.NEVER;
  }

  /** Appoints the one that shall decide, now or in a moment; true when it is another one now. */
  boolean settle(long now, List<MkaParticipant> running) {
    MkaParticipant better = PrincipalSelection.choose(running, holder);
    if (better == holder) {
      movesAt = TimerTable.NEVER;
      return false;
    }
    if (holder.hasLivePeer() && movesAt == TimerTable.NEVER) {
      movesAt = now + HESITATION_NANOS;
    }
    if (holder.hasLivePeer() && movesAt > now) {
      return false;
    }
    appoint(better);
    return true;
  }

  /** Lets a participant decide from now on. */
  void appoint(MkaParticipant participant) {
    movesAt = TimerTable.NEVER;
    if (participant != holder) {
      holder = participant;
      context.event(new MkaEvent.PrincipalChanged(participant.ckn()));
    }
  }

  long nextDeadlineAfter(long now) {
    return movesAt > now ? movesAt : TimerTable.NEVER;
  }
}
