package org.macsec4j.mka.engine;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.mka.MemberIdentifier;

/**
 * Which association number a key server gives its next key (IEEE 802.1X 9.8); all CAs of a port
 * share the numbers.
 *
 * <p>There are four, and a member that is told to use one for a new key has to give up what it has
 * under it. So a number rests as long as anybody uses it, in whichever CA, or may use it without
 * having said so: a member that speaks on a slow clock may have begun to use a key that was
 * replaced long ago, one of ours or one of the key server before us.
 */
final class AssociationNumberChoice {
  /**
   * The last key with an association number.
   *
   * @param owner whose it was
   * @param members for whom it was
   * @param messageNumber of the first MKPDU of ours that could hold it
   * @param at when it was made
   */
  private record HandedOut(
      MkaParticipant owner, Set<MemberIdentifier> members, long messageNumber, long at) {}

  private final PortContext context;
  private final ControlledPort port;
  private final ControlledPort.Peers peers;
  private final @Nullable HandedOut[] handedOut = new HandedOut[AssociationNumber.values().length];
  private AssociationNumber last = AssociationNumber.AN_3;

  AssociationNumberChoice(PortContext context, ControlledPort port, ControlledPort.Peers peers) {
    this.context = context;
    this.port = port;
    this.peers = peers;
  }

  /**
   * The next number that nobody uses, or may use without having said so; if all are taken, one that
   * is only lingering; else one that nobody transmits with or was about to, as of a key that is
   * replaced before it was in use; else one that nobody says to transmit with; else any.
   */
  AssociationNumber next(long now) {
    AssociationNumber free = next(an -> isTaken(an, true) || isInDoubt(an, now));
    if (free == null) {
      free = next(an -> isTaken(an, false) || isInDoubt(an, now));
    }
    if (free == null) {
      free = nextUnsent(now);
    }
    if (free == null) {
      free = next(an -> isTransmitted(an) || isInDoubt(an, now));
    }
    if (free == null) {
      free = next(an -> port.associationNumbers(false).contains(an));
    }
    return free == null ? last.next() : free;
  }

  /** Whether any number that is chosen now may cut somebody off who sends under it. */
  boolean isCrowded(long now) {
    return nextUnsent(now) == null;
  }

  /** The next number that nobody sends under, or may send under by now; null for none. */
  private @Nullable AssociationNumber nextUnsent(long now) {
    return next(an -> isTransmitted(an) || isAwaited(an) || isInDoubt(an, now));
  }

  /** Notes that a key was made, and that its owner tells it with its next MKPDU. */
  void handedOut(Sak sak, long now) {
    MkaParticipant owner = sak.owner();
    last = sak.an();
    handedOut[last.value()] =
        new HandedOut(owner, Set.copyOf(sak.members()), owner.identity().messageNumber() + 1, now);
  }

  /** Whether a member that was given a key of that number did not say since what it uses. */
  private boolean isInDoubt(AssociationNumber an, long now) {
    HandedOut given = handedOut[an.value()];
    if (given == null || now - given.at >= context.lifeNanos) {
      return false;
    }
    for (Peer peer : given.owner.peers().live()) {
      if (given.members.contains(peer.memberIdentifier())
          && peer.acknowledged() < given.messageNumber) {
        return true;
      }
    }
    return false;
  }

  private boolean isTaken(AssociationNumber an, boolean withLingering) {
    return port.associationNumbers(withLingering).contains(an)
        || isReported(report -> report.uses(an));
  }

  private boolean isTransmitted(AssociationNumber an) {
    return port.transmits(an) || isReported(report -> report.transmits(an));
  }

  /**
   * Whether somebody was ready to transmit under a number when it last spoke, and may do so now.
   */
  private boolean isAwaited(AssociationNumber an) {
    return isReported(report -> report.isReady(an));
  }

  private boolean isReported(Predicate<SakUseReport> use) {
    for (Peer peer : peers.inEveryCa()) {
      SakUseReport report = peer.sakUse();
      if (report != null && use.test(report)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable AssociationNumber next(Predicate<AssociationNumber> taken) {
    AssociationNumber an = last;
    for (int i = 0; i < AssociationNumber.values().length; i++) {
      an = an.next();
      if (!taken.test(an)) {
        return an;
      }
    }
    return null;
  }
}
