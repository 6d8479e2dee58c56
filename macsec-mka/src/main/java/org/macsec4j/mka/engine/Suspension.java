package org.macsec4j.mka.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.wire.XpnParameterSet;

/**
 * In-service suspension in one CA (IEEE 802.1X 9.18): a member whose software is being replaced
 * says for how long it will be silent, and its keys stay in use meanwhile, as its SecY goes on.
 *
 * <p>A member that honours this keeps the silent one live until the time and a life time more are
 * over. The key server says the longest remaining time as its own, so that those keep the silent
 * one too who did not hear it; hence what a key server says holds for all. The silent one keeps all
 * others, as it hears nobody. No new key is made meanwhile that the silent one could not take,
 * except when the packet numbers come to their end.
 *
 * <p>Each MKPDU sets the time anew, and one without a time ends it. So it lasts no longer than 120
 * s after the last MKPDU that is fresh: that lists a recent message number of ours, as a recording
 * cannot.
 */
final class Suspension {
  /** No time. */
  static final long NONE = Long.MIN_VALUE;

  /** The longest time, in seconds. */
  static final int MAX_SECONDS = 120;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private final PortContext context;
  private final PeerTable peers;
  private long serverUntil = NONE;

  Suspension(PortContext context, PeerTable peers) {
    this.context = context;
    this.peers = peers;
  }

  /** Whether we may be silent for a time; refuses otherwise. */
  static void check(MkaConfig config, Duration time) {
    long seconds = time.getSeconds();
    if (time.getNano() != 0 || seconds < 1 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException("time: " + time + " is not in 1..120 whole seconds");
    }
    if (config.mkaVersion() < 2) {
      throw new IllegalStateException("MKA version 1 cannot say that we shall be silent");
    }
  }

  /**
   * Takes what a live peer says with each MKPDU; true when that is news to other members.
   *
   * @param set its XPN set, null for none
   */
  boolean heard(long now, Peer peer, @Nullable XpnParameterSet set, boolean serves) {
    int seconds = set == null ? 0 : Math.min(set.suspensionTimeSeconds(), MAX_SECONDS);
    if (seconds > 0) {
      return context.config.suspendOnRequest()
          && peer.proving
          && suspend(now, peer, seconds, serves);
    }
    return peer.suspendedUntil != NONE && resume(now, peer, serves);
  }

  private boolean suspend(long now, Peer peer, int seconds, boolean serves) {
    boolean was = peer.suspendedUntil != NONE;
    peer.suspendedUntil = now + seconds * SECOND_NANOS;
    if (serves) {
      serverUntil = peer.suspendedUntil;
      keepAll();
    }
    if (!was) {
      context.event(new MkaEvent.Suspended(peer.sci(), Duration.ofSeconds(seconds)));
    }
    return !was;
  }

  private boolean resume(long now, Peer peer, boolean serves) {
    peer.suspendedUntil = NONE;
    peers.refresh(now, peer);
    if (serves) {
      serverUntil = NONE;
      peers.live().forEach(other -> peers.refresh(now, other));
      keepAll();
    }
    context.event(new MkaEvent.Resumed(peer.sci()));
    return true;
  }

  /** Our own silence begins, or its end was set anew. */
  void beginOwn() {
    keepAll();
  }

  /** Our own silence is over: who is still in the table gets the time to speak again. */
  void endOwn(long now) {
    peers.expire(now);
    peers.live().forEach(peer -> peers.refresh(now, peer));
    keepAll();
  }

  private void keepAll() {
    peers.keepAll(Math.max(context.suspendedUntil, serverUntil));
  }

  /** The time that our MKPDUs say, in seconds; 0 for none. */
  int seconds(long now, boolean weServe) {
    long until = context.suspendedUntil;
    if (weServe) {
      for (Peer peer : peers.live()) {
        until = Math.max(until, peer.suspendedUntil);
      }
    }
    if (until <= now) {
      return 0;
    }
    long left = (until - now + SECOND_NANOS - 1) / SECOND_NANOS;
    return (int) Math.min(left, MAX_SECONDS);
  }

  /**
   * When a key that a silent member, or we, could not take may be replaced; now or before when it
   * may be at once.
   */
  long keysHeldUntil(Sak newest) {
    long until = context.suspendedUntil;
    for (Peer peer : peers.live()) {
      if (newest.isFor(peer.memberIdentifier())) {
        until = Math.max(until, peer.suspendedUntil);
      }
    }
    return until;
  }
}
