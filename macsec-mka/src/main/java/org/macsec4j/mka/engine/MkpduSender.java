package org.macsec4j.mka.engine;

import org.macsec4j.mka.MemberIdentifier;

/**
 * When a participant speaks: soon when it has news, and otherwise as its hellos come.
 *
 * <p>News are whom it heard first, a key that is made, received or in use, a peer that is gone. A
 * peer says by its peer list how much of us it has heard; if it missed the news, it gets them
 * again.
 */
final class MkpduSender {
  /**
   * For so long an answer may be on its way before a peer that seems not to have heard us has not.
   */
  private static final long CROSSING_NANOS = 60_000_000L;

  private final PortContext context;
  private final MkaParticipant actor;
  private final ControlledPort controlledPort;
  private final TimerTable<ParticipantTimer> timers;
  private final MkpduComposer composer;
  private final HelloSchedule hellos;
  private final SendPacer pacer = new SendPacer();
  private boolean news;
  private long newsNumber;

  MkpduSender(
      PortContext context,
      MkaParticipant actor,
      ControlledPort controlledPort,
      TimerTable<ParticipantTimer> timers) {
    this.context = context;
    this.actor = actor;
    this.controlledPort = controlledPort;
    this.timers = timers;
    this.composer = new MkpduComposer(context, actor, controlledPort);
    this.hellos =
        new HelloSchedule(context.entropy, context.sendNanos, context.config.helloRampUp());
  }

  /** The first MKPDU is due. */
  void start(long now) {
    timers.set(ParticipantTimer.HELLO, now);
  }

  /** There is something that peers shall hear soon. */
  void news() {
    news = true;
    hellos.quicken();
  }

  /** The message number of ours that a peer must have heard to know our news. */
  long newsNumber() {
    return newsNumber;
  }

  /** Our message numbers begin anew, under another member identifier, which is news. */
  void startOver() {
    newsNumber = 0;
    news();
  }

  /** Whether a peer that has heard this message number of ours last does not know our news. */
  boolean missedNews(long now, long heard) {
    return heard < newsNumber && !mayBeAnswered(now);
  }

  /** Whether the answer to what we said last may still be on its way. */
  boolean mayBeAnswered(long now) {
    return !pacer.quietFor(CROSSING_NANOS, now);
  }

  /** Tells all again; a moment later if the answer to the last telling may be on its way. */
  void repeat(long now) {
    long repeat = mayBeAnswered(now) ? now + CROSSING_NANOS : now;
    timers.set(ParticipantTimer.HELLO, Math.min(repeat, timers.deadline(ParticipantTimer.HELLO)));
  }

  /** Sends what is to be sent now. */
  void flush(long now) {
    long earliest = news ? pacer.earliest(now) : TimerTable.NEVER;
    if (earliest <= now || timers.isDue(ParticipantTimer.HELLO, now)) {
      send(now);
    } else {
      timers.set(ParticipantTimer.SEND, earliest);
    }
  }

  private void send(long now) {
    ActorIdentity identity = actor.identity();
    MemberIdentifier before = identity.memberIdentifier();
    long number = identity.next(now);
    if (news || !identity.memberIdentifier().equals(before)) {
      newsNumber = number;
    }
    news = false;
    pacer.sent(now);
    timers.clear(ParticipantTimer.SEND);
    context.transmit(composer.compose(now, number));
    long hello = hellos.next(isWaiting(now), actor.peers().isEmpty());
    timers.set(ParticipantTimer.HELLO, now + hello);
  }

  /** Whether somebody's answer is waited for, so that a lost MKPDU must not cost a whole hello. */
  private boolean isWaiting(long now) {
    // Whoever misses that we shall be silent would give us up.
    boolean mustBeHeard = context.suspendedUntil > now;
    PeerTable peers = actor.peers();
    if (mustBeHeard || peers.isEmpty() || !peers.potential().isEmpty()) {
      return true;
    }
    if (!actor.isPrincipal()) {
      return false;
    }
    Sak newest = controlledPort.newest();
    if (newest == null || newest.owner() != actor) {
      return true;
    }
    return !controlledPort.isSettled()
        || (actor.isServer() && actor.lifecycle().isMissedByAny(newest));
  }
}
