package org.macsec4j.mka.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.macsec4j.PacketNumber;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MemberIdentifier;
import org.macsec4j.mka.wire.KeyUse;
import org.macsec4j.mka.wire.MacsecSakUse;

/**
 * How a participant goes on where one before it was cut off, as by a restart of the process. Under
 * the same member identifier it is the one whom its peers know; of another one with the same SCI a
 * wpa_supplicant hears nothing until the life time of the one before is over.
 *
 * <p>The SAKs of before are lost, and a key server may take us to have them still. A wpa_supplicant
 * makes no other key for members whom it knows, unless packet numbers come to their end; so that is
 * what it is told, and it is true: no number of that key can be used any more.
 *
 * <p>What is remembered may be older than what peers heard, as from a backup. A peer's list tells
 * that, and we begin anew as everybody does; so we do when nobody knows us, or gives us a key. As
 * the numbers of keys are not told, they go on with a leap that nobody foresees.
 */
final class Resumption {
  private static final long MAX_KEY_NUMBER = 0xFFFF_FFFFL;

  private final PortContext context;
  private final MkaParticipant actor;
  private final ControlledPort port;

  /** The key that a peer may take us to have, who has no other. */
  private FormerLife.@Nullable HeldKey lost;

  private boolean goesOn;
  private long until = TimerTable.NEVER;

  Resumption(PortContext context, MkaParticipant actor, ControlledPort port) {
    this.context = context;
    this.actor = actor;
    this.port = port;
  }

  /** Goes on where another participant was cut off; before the start. */
  void goOn(FormerLife life) {
    byte[] leap = new byte[Short.BYTES];
    context.entropy.fill(leap);
    long keyNumber = life.keyNumber() + Short.toUnsignedLong(ByteBuffer.wrap(leap).getShort());
    if (keyNumber < MAX_KEY_NUMBER) {
      goesOn = true;
      actor.identity().goOn(life.memberIdentifier(), life.messageNumber());
      actor.lifecycle().goOn(keyNumber);
      lost = life.key().orElse(null);
    }
  }

  /** Whether a peer heard more of us than we remember, so that our memory is not of the last. */
  boolean isBehind(long listed) {
    boolean behind = goesOn && listed > actor.identity().messageNumber();
    goesOn &= !behind;
    return behind;
  }

  private @Nullable Sak key() {
    Sak latest = port.latest();
    return latest != null && latest.owner() == actor ? latest : null;
  }

  /** What is to be remembered for who comes after. */
  FormerLife life() {
    Sak key = key();
    if (key != null) {
      lost = new FormerLife.HeldKey(key.identifier(), key.an());
    }
    return new FormerLife(
        actor.ckn(),
        context.sci,
        actor.identity().memberIdentifier(),
        actor.identity().messageNumber(),
        actor.lifecycle().keyNumber(),
        Optional.ofNullable(lost));
  }

  void start(long now) {
    until = goesOn ? now + context.lifeNanos + 2 * context.helloNanos : TimerTable.NEVER;
  }

  /** Whether nobody took us for the one of before, or gave us a key; true once. */
  boolean isInVain(long now) {
    if (now < until) {
      return false;
    }
    goesOn = false;
    until = TimerTable.NEVER;
    return !actor.hasLivePeer() || (actor.isPrincipal() && key() == null);
  }

  /** That the key of before is used up, for those who know us; null when there is no such key. */
  @Nullable MacsecSakUse usedUp() {
    FormerLife.HeldKey key = lost;
    MemberIdentifier self = actor.identity().memberIdentifier();
    if (!goesOn || key == null || actor.peers().live().stream().noneMatch(p -> p.knows(self))) {
      return null;
    }
    KeyUse use = new KeyUse(key.an(), false, false, key.identifier(), PacketNumber.MAX_32.value());
    return MacsecSakUse.of(KeyUse.NONE, use, false, false, false);
  }
}
