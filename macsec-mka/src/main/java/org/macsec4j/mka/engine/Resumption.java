package org.macsec4j.mka.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;
import org.macsec4j.mka.wire.Mkpdu;

/**
 * How a participant goes on where one before it was cut off, as by a restart of the process. Under
 * the same member identifier it is the one whom its peers know; of another one with the same SCI a
 * wpa_supplicant hears nothing until the life time of the one before is over.
 *
 * <p>The SAKs of before are lost, and a key server may take us to have them still. A wpa_supplicant
 * makes no other key for members whom it knows, unless packet numbers come to their end; so that is
 * what it is told, and it is true: no number of that key can be used any more.
 *
 * <p>No SAK of before is taken again: frames would be sent anew with the same packet numbers.
 *
 * <p>What is remembered may be older than what peers heard. A peer's list tells that, or the number
 * of a key, and we begin anew as everybody does; so we do when nobody knows us, gives us a key or
 * takes ours. As not all numbers of keys are told, they go on with a leap that nobody foresees.
 */
final class Resumption {
  private static final long MAX_KEY_NUMBER = 0xFFFF_FFFFL;

  private final PortContext context;
  private final MkaParticipant actor;
  private final ControlledPort port;

  /** The keys that we had last, the newest first; peers may take us to have them. */
  private List<FormerLife.HeldKey> lost = List.of();

  private boolean goesOn;
  private long until = TimerTable.NEVER;

  /** How long ago the former life ended, and until when those who heard it take it for live. */
  private long ageNanos;

  private long knownUntil = Long.MIN_VALUE;

  Resumption(PortContext context, MkaParticipant actor, ControlledPort port) {
    this.context = context;
    this.actor = actor;
    this.port = port;
  }

  /** Goes on where another participant was cut off so long ago; before the start. */
  void goOn(FormerLife life, long age) {
    // Whoever hands a key out again, it must not be transmitted with anew.
    lost = life.keys();
    lost.forEach(key -> context.taken(key.identifier(), key.print()));
    if (age >= patience()) {
      return;
    }
    byte[] leap = new byte[Short.BYTES];
    context.entropy.fill(leap);
    long keyNumber = life.keyNumber() + Short.toUnsignedLong(ByteBuffer.wrap(leap).getShort());
    if (keyNumber < MAX_KEY_NUMBER) {
      goesOn = true;
      actor.identity().goOn(life.memberIdentifier(), life.messageNumber());
      actor.lifecycle().goOn(keyNumber);
      ageNanos = age;
    }
  }

  /**
   * Whether a peer heard more of us than we remember, or has a later key of ours, so that our
   * memory is not of the last.
   */
  boolean isBehind(long listed, Mkpdu mkpdu) {
    boolean behind =
        goesOn
            && (listed > actor.identity().messageNumber()
                || mkpdu.sakUse().filter(this::isOfLaterKey).isPresent());
    goesOn &= !behind;
    return behind;
  }

  private boolean isOfLaterKey(MacsecSakUse use) {
    return isLater(use.latest().key()) || isLater(use.old().key());
  }

  private boolean isLater(MkaKeyIdentifier key) {
    return key.keyServer().equals(actor.identity().memberIdentifier())
        && key.keyNumber() > actor.lifecycle().keyNumber();
  }

  private @Nullable Sak key() {
    Sak latest = port.latest();
    return latest != null && latest.owner() == actor ? latest : null;
  }

  /** What is to be remembered for who comes after. */
  FormerLife life() {
    Sak newest = port.newest();
    Sak latest = port.latest();
    List<FormerLife.HeldKey> held = new ArrayList<>(2);
    addTrace(newest, held);
    addTrace(latest == newest ? null : latest, held);
    addTrace(port.old(), held);
    lost = held.isEmpty() ? lost : List.copyOf(held);
    return new FormerLife(
        actor.ckn(),
        context.sci,
        actor.identity().memberIdentifier(),
        actor.identity().messageNumber(),
        actor.lifecycle().keyNumber(),
        lost);
  }

  private void addTrace(@Nullable Sak key, List<FormerLife.HeldKey> held) {
    if (key != null && key.owner() == actor) {
      held.add(key.trace());
    }
  }

  /** How long somebody may know us who did not hear us, or need to tell. */
  private long patience() {
    return context.lifeNanos + 2 * context.helloNanos;
  }

  void start(long now) {
    if (goesOn) {
      until = now + patience();
      knownUntil = now + context.lifeNanos - ageNanos;
    }
  }

  /** Whether nobody took us for the one of before, or gave us a key, or took ours; true once. */
  boolean isInVain(long now) {
    if (now < until) {
      return false;
    }
    goesOn = false;
    until = TimerTable.NEVER;
    return !actor.hasLivePeer() || (actor.isPrincipal() && (key() == null || isRefused(now)));
  }

  /** Whether a member takes no key of ours, as one does who had later ones of us. */
  private boolean isRefused(long now) {
    Sak newest = port.newest();
    return newest != null
        && actor.lifecycle().isMine(newest)
        && now - newest.createdAt() >= 2 * context.helloNanos
        && actor.lifecycle().isMissedByAny(newest);
  }

  /** That the key of before is used up, for those who know us; null when there is no such key. */
  @Nullable MacsecSakUse usedUp(long now) {
    if (!goesOn || lost.isEmpty() || !isKnown(now)) {
      return null;
    }
    FormerLife.HeldKey key = lost.get(0);
    KeyUse use = new KeyUse(key.an(), false, false, key.identifier(), PacketNumber.MAX_32.value());
    return MacsecSakUse.of(KeyUse.NONE, use, false, false, false);
  }

  /**
   * Whether somebody takes us for the one of before. As long as nobody is heard, those who heard
   * that one last do; who said that at once saves them a hello.
   */
  private boolean isKnown(long now) {
    if (actor.peers().isEmpty()) {
      return now < knownUntil;
    }
    MemberIdentifier self = actor.identity().memberIdentifier();
    return actor.peers().live().stream().anyMatch(peer -> peer.knows(self));
  }
}
