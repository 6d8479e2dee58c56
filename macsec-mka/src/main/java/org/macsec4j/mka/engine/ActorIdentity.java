package org.macsec4j.mka.engine;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.macsec4j.mka.MemberIdentifier;

/**
 * Our member identifier and message number in one CA (IEEE 802.1X 9.4.2), and which message numbers
 * of ours are recent enough to prove that a peer receives us.
 *
 * <p>Why a span of time and not the last one or two numbers: MKPDUs cross on the wire, and a burst
 * of three within a few milliseconds is normal when members meet. A peer that lists the first of
 * them is as live as one that lists the third. Recent is what was sent within the MKA Life Time, so
 * a recording older than that proves nothing.
 */
final class ActorIdentity {
  private static final long MAX_MESSAGE_NUMBER = 0xFFFF_FFFFL;
  private static final long CHECKPOINT_NANOS = 100_000_000L;
  private static final int MAX_FORMER = 8;

  private final EntropySource entropy;
  private final long lifeNanos;

  /** Message numbers and, each beside its number, when they were sent; the oldest first. */
  private long[] checkpoints = new long[8];

  private int used;
  private final Set<MemberIdentifier> former = new LinkedHashSet<>();
  private MemberIdentifier memberIdentifier;
  private long messageNumber;
  private long oldestRecent = 1;

  ActorIdentity(EntropySource entropy, long lifeNanos) {
    this.entropy = entropy;
    this.lifeNanos = lifeNanos;
    this.memberIdentifier = fresh();
  }

  MemberIdentifier memberIdentifier() {
    return memberIdentifier;
  }

  /** The last message number sent, 0 before the first. */
  long messageNumber() {
    return messageNumber;
  }

  /** Whether a member identifier is ours, or was lately. */
  boolean isOrWas(MemberIdentifier member) {
    return member.equals(memberIdentifier) || former.contains(member);
  }

  /** Goes on under a member identifier of before; what was sent then proves nothing now. */
  void goOn(MemberIdentifier before, long lastNumber) {
    memberIdentifier = before;
    messageNumber = lastNumber;
    oldestRecent = lastNumber + 1;
  }

  /** Takes another member identifier; the message numbers begin anew. */
  void renew() {
    MemberIdentifier before = memberIdentifier;
    former.add(before);
    if (former.size() > MAX_FORMER) {
      former.remove(former.iterator().next());
    }
    do {
      memberIdentifier = fresh();
    } while (memberIdentifier.equals(before));
    messageNumber = 0;
    oldestRecent = 1;
    used = 0;
  }

  /**
   * The number of the MKPDU that is sent now. Before the number would wrap, the identity changes.
   */
  long next(long now) {
    if (messageNumber == MAX_MESSAGE_NUMBER) {
      renew();
    }
    messageNumber++;
    if (used == 0 || now - checkpoints[used - 1] >= CHECKPOINT_NANOS) {
      forgetOld(now);
      if (used == checkpoints.length) {
        checkpoints = Arrays.copyOf(checkpoints, 2 * used);
      }
      checkpoints[used++] = messageNumber;
      checkpoints[used++] = now;
    }
    return messageNumber;
  }

  /**
   * Whether a peer that lists this number heard what we said within the MKA Life Time, or our last
   * MKPDU, however long ago that was.
   */
  boolean isRecent(long listed, long now) {
    forgetOld(now);
    return listed <= messageNumber && listed >= oldestRecent;
  }

  private void forgetOld(long now) {
    int old = 0;
    while (used - old > 2 && now - checkpoints[old + 1] > lifeNanos) {
      old += 2;
    }
    if (old > 0) {
      used -= old;
      System.arraycopy(checkpoints, old, checkpoints, 0, used);
      oldestRecent = checkpoints[0];
    }
  }

  /** For tests of the wrap. */
  void advanceTo(long number) {
    messageNumber = number;
  }

  private MemberIdentifier fresh() {
    byte[] octets = new byte[MemberIdentifier.LENGTH];
    MemberIdentifier candidate;
    do {
      entropy.fill(octets);
      candidate = MemberIdentifier.of(octets);
    } while (candidate.isZero());
    return candidate;
  }
}
