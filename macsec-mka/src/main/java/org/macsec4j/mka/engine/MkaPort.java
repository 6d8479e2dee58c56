package org.macsec4j.mka.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.InvalidConfigurationException;
import org.macsec4j.PacketNumber;
import org.macsec4j.Sci;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.Ckn;
import org.macsec4j.mka.DropReason;
import org.macsec4j.mka.FormerLife;
import org.macsec4j.mka.MkaConfig;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaStatus;
import org.macsec4j.mka.PreSharedKey;
import org.macsec4j.mka.RekeyReason;

/**
 * MKA on one port, whole: inputs in, outputs out, nothing else touched.
 *
 * <p>Each input names the time. After each, take the outputs with {@link #poll} until there is none
 * and call {@link #handleTimeout} at {@link #nextDeadline}. Equal inputs give equal outputs.
 *
 * <p>The SecY exists before the port starts, disabled, without SAs, with the first configured
 * cipher suite and the configured offset, protecting and validating frames as configured; the port
 * changes it by commands alone. Commands are answered in order, sooner or later; a refusal is an
 * answer like another.
 *
 * <p>One participant per key (IEEE 802.1X 9.4). They share the SecY, whose state therefore is the
 * port's: each input is handed to the participant it is for, and then everything settles: peers and
 * election, keys, the Controlled Port machine, the next command, and at last what is to be sent.
 *
 * <p>Not for several threads.
 */
public final class MkaPort {
  /** Settling takes a few rounds; a bound that is never reached keeps an error from hanging. */
  private static final int MAX_ROUNDS = 64;

  private static final long PACKET_NUMBER_NANOS = 1_000_000_000L;

  private final PortContext context;
  private final KeyRing ring;
  private final GroupCaks groupCaks;
  private final ControlledPort controlledPort;
  private final Principal principal;
  private final MkpduReceiver receiver;
  private final StatusReporter reporter;
  private final Calm calm = new Calm();
  private boolean running;
  private boolean stopped;
  private long lastNow = Long.MIN_VALUE;

  private MkaPort(MkaConfig config, Sci sci, EntropySource entropy) {
    this.context = new PortContext(config, sci, entropy);
    PortParts parts = new PortParts(context);
    this.ring = parts.ring;
    this.groupCaks = parts.groupCaks;
    this.controlledPort = parts.controlledPort;
    this.principal = parts.principal;
    this.receiver = new MkpduReceiver(context, ring);
    this.reporter = new StatusReporter(context, ring, receiver, controlledPort, groupCaks);
  }

  /**
   * Makes a port. Nothing happens before {@link #start}.
   *
   * @param config what it shall be
   * @param sci our SCI: the address of the interface and the configured port number
   * @param entropy where chance comes from
   * @return the port
   */
  public static MkaPort create(MkaConfig config, Sci sci, EntropySource entropy) {
    return new MkaPort(
        Objects.requireNonNull(config, "config"),
        Objects.requireNonNull(sci, "sci"),
        Objects.requireNonNull(entropy, "entropy"));
  }

  /**
   * Starts, once: the first MKPDU goes out at once.
   *
   * @param now the time, monotonic nanoseconds of any origin
   * @throws IllegalStateException when the port runs, or was stopped, as its keys are zeroed then
   */
  public void start(long now) {
    checkNotStarted();
    running = true;
    controlledPort.start(now);
    settle(now);
  }

  /**
   * Tells what the host's clock shows, for keys with times. They wait for the first telling; a
   * later one, as after a step of the clock, moves only their begins and ends.
   *
   * @param now the time
   * @param clock the time of day
   */
  public void handleClock(long now, Instant clock) {
    ring.handleClock(now, clock);
    settle(now);
  }

  /**
   * Adds a key. Of keys of the same kind and begin the ones that were there are preferred to it.
   *
   * @param now the time
   * @param key a key with a name that no key of this port has; stays the caller's
   * @throws InvalidConfigurationException when the name is taken or the key was destroyed
   * @throws IllegalStateException when the port was stopped
   */
  public void addKey(long now, PreSharedKey key) {
    checkNotStopped();
    ring.check(key);
    ring.add(key);
    settle(now);
  }

  /**
   * Takes a key away. Its CA's SAK stays in use until one of another CA is; no frame is lost by it.
   *
   * @param now the time
   * @param ckn the name of the key
   * @return false when there is no key of that name
   */
  public boolean removeKey(long now, Ckn ckn) {
    boolean removed = ring.remove(ckn, MkaEvent.KeyEnded.Cause.REMOVED);
    settle(now);
    return removed;
  }

  /**
   * Puts a key into the place of another one. Both are used until frames are sent under the new
   * one, then the old one is taken away; so the peers may change their keys earlier or later.
   *
   * @param now the time
   * @param old the name of the key that goes; if there is none, the new key is just added
   * @param key a key with a name that no key of this port has; stays the caller's
   * @throws InvalidConfigurationException when the name is taken or the key was destroyed
   * @throws IllegalStateException when the port was stopped
   */
  public void replaceKey(long now, Ckn old, PreSharedKey key) {
    checkNotStopped();
    ring.check(key);
    ring.replace(old, key);
    settle(now);
  }

  /** The keys of a stopped port are zeroed, and nobody would zero another one. */
  private void checkNotStopped() {
    if (stopped) {
      throw new IllegalStateException("the port was stopped; make another one");
    }
  }

  private void checkNotStarted() {
    checkNotStopped();
    if (running) {
      throw new IllegalStateException("the port runs already");
    }
  }

  /**
   * The keys of the port.
   *
   * @return those that did not end, the preferred one first, also those that are not valid yet
   */
  public List<PreSharedKey> keys() {
    return ring.keys();
  }

  /**
   * Takes a frame that came in on the uncontrolled port. A bad one is counted and dropped.
   *
   * @param now the time
   * @param frame the whole frame, from the destination address on; not kept, not changed
   */
  public void handleFrame(long now, byte[] frame) {
    if (!running) {
      return;
    }
    MkpduReceiver.Accepted accepted = receiver.receive(now, frame);
    if (calm.holds(now) && (accepted == null || accepted.isHeardAgain(now))) {
      rest(now);
      return;
    }
    if (accepted != null) {
      DropReason reason = accepted.participant().receive(now, accepted.mkpdu());
      if (reason == null) {
        context.counters.mkpdusInValid++;
      } else {
        context.drop(reason, accepted.from());
      }
    }
    settle(now);
  }

  /** Tells that a frame of {@link MkaOutput.Transmit} could not be sent. It is counted. */
  public void handleTransmitFailure() {
    context.counters.transmitFailures++;
  }

  /**
   * Tells that {@link #nextDeadline} is reached. Calling it too early or too late does no harm.
   *
   * @param now the time
   */
  public void handleTimeout(long now) {
    settleUnlessCalm(now);
  }

  /**
   * Answers a command. An answer to a command that is not waited for is ignored.
   *
   * @param now the time
   * @param commandId {@link MkaOutput.Apply#id}
   * @param result what became of it
   */
  public void handleResult(long now, long commandId, SecyResult result) {
    if (controlledPort.handleResult(now, commandId, result)) {
      settle(now);
    }
  }

  /**
   * Tells the next packet number of one of our own transmit SAs, as read from the SecY.
   *
   * @param now the time
   * @param an which SA
   * @param nextPn the number of the next frame
   */
  public void handlePacketNumber(long now, AssociationNumber an, PacketNumber nextPn) {
    if (controlledPort.handlePacketNumber(an, nextPn)) {
      settle(now);
    } else {
      settleUnlessCalm(now);
    }
  }

  /**
   * Tells that so many frames may have been sent with one of our own transmit SAs that another key
   * is needed, where the SecY does not tell its packet numbers, as is the case with most hardware.
   *
   * @param now the time
   * @param an which SA
   */
  public void handleMayBeUsedUp(long now, AssociationNumber an) {
    Sak sak = controlledPort.secy().model().transmit(an).sak();
    if (sak != null && sak.setMayBeUsedUp()) {
      sak.owner().news();
      settle(now);
    }
  }

  /**
   * How often {@link #handlePacketNumber} wants to be called for each transmit SA: each second, and
   * with delay protection twice for each MKPDU, as what the peers refuse is what we know.
   *
   * @return nanoseconds
   */
  public long packetNumberInterval() {
    return context.config.delayProtection() ? context.sendNanos / 2 : PACKET_NUMBER_NANOS;
  }

  /**
   * Asks for a new SAK. Only the key server makes one; elsewhere nothing happens.
   *
   * @param now the time
   */
  public void rekey(long now) {
    principal.holder().lifecycle().request(RekeyReason.COMMAND);
    settle(now);
  }

  /**
   * Hands out the CAK of a group, and no other any more, in every CA whose key server we are
   * (802.1X 9.12): until each peer is seen in its CA or, when the port has no such key, eight times
   * to each.
   *
   * @param now the time
   * @param groupKey the key; stays the caller's
   * @throws InvalidConfigurationException when the key was destroyed
   * @throws IllegalStateException when the port was stopped
   */
  public void distributeCak(long now, PreSharedKey groupKey) {
    checkNotStopped();
    if (groupKey.isDestroyed()) {
      throw new InvalidConfigurationException("key", List.of(KeyRing.destroyed(groupKey)));
    }
    groupCaks.distribute(groupKey);
    ring.running().forEach(MkaParticipant::news);
    settle(now);
  }

  /** Hands out no CAK any more. */
  public void stopDistributingCak() {
    groupCaks.stop();
  }

  /**
   * Says that we shall be silent for a while, as while our software is replaced, and that the keys
   * stay in use (in-service suspension, 802.1X 9.18). The caller may let the port rest then, and go
   * on later; no peer is given up. Until {@link #resume} MKPDUs say how much time is left.
   *
   * @param now the time
   * @param time how long, 1..120 s, in whole seconds
   * @throws IllegalArgumentException when the time is out of range
   * @throws IllegalStateException when the configured MKA version is 1, which cannot say this
   */
  public void suspend(long now, Duration time) {
    Suspension.check(context.config, time);
    context.suspendedUntil = now + time.toNanos();
    ring.running().forEach(participant -> participant.suspension().beginOwn());
    ring.running().forEach(MkaParticipant::news);
    context.event(new MkaEvent.Suspended(context.sci, time));
    settle(now);
  }

  /**
   * Ends a time of silence before it is over.
   *
   * @param now the time
   */
  public void resume(long now) {
    if (context.suspendedUntil != Suspension.NONE) {
      context.suspendedUntil = now;
      settle(now);
    }
  }

  private void endSuspension(long now) {
    context.suspendedUntil = Suspension.NONE;
    ring.running().forEach(participant -> participant.suspension().endOwn(now));
    ring.running().forEach(MkaParticipant::news);
    context.event(new MkaEvent.Resumed(context.sci));
  }

  /**
   * Takes over what is under way at the port in whose place this one comes: which key replaces
   * which, the group CAK that is handed out, and which SAKs were taken.
   *
   * @param before not stopped
   * @throws IllegalStateException when this port runs or was stopped
   */
  public void keep(MkaPort before) {
    checkNotStarted();
    ring.keep(before.ring);
    groupCaks.keep(before.groupCaks);
    context.keepTaken(before.context);
  }

  /**
   * What is to be remembered, so that another port can go on in the place of this one.
   *
   * @return for each valid key; it changes with each MKPDU and SAK, so keep it before one is sent,
   *     and before a command is carried out
   */
  public List<FormerLife> lives() {
    return ring.lives();
  }

  /**
   * Goes on under the member identifiers of a port before, which peers need not give up first.
   *
   * @param lives what was remembered last, by one port alone; of other keys or SCIs none is used
   * @param age how long ago that was; after the MKA Life Time and two hellos they are all
   *     forgotten, and their SAKs alone count, which are not taken again
   * @throws IllegalStateException when this port runs or was stopped
   */
  public void goOn(List<FormerLife> lives, Duration age) {
    checkNotStarted();
    ring.goOn(lives, age.toNanos());
  }

  /**
   * Stops: the controlled port is disabled, SAs and channels are removed by commands. Nothing is
   * sent any more, and the keys are zeroed.
   *
   * @param now the time
   */
  public void stop(long now) {
    running = false;
    stopped = true;
    controlledPort.stop();
    ring.stop();
    settle(now);
    ring.destroy();
    groupCaks.stop();
  }

  /**
   * The next thing to do.
   *
   * @return an output, or null when there is none
   */
  public @Nullable MkaOutput poll() {
    return context.poll();
  }

  /**
   * When {@link #handleTimeout} wants to be called.
   *
   * @return the time, {@link Long#MAX_VALUE} for never
   */
  public long nextDeadline() {
    long next = controlledPort.nextDeadlineAfter(lastNow);
    if (context.suspendedUntil != Suspension.NONE) {
      next = Math.min(next, context.suspendedUntil);
    }
    next = Math.min(next, ring.nextDeadlineAfter(lastNow));
    next = Math.min(next, principal.nextDeadlineAfter(lastNow));
    for (MkaParticipant participant : ring.running()) {
      next = Math.min(next, participant.nextDeadlineAfter(lastNow));
    }
    return next;
  }

  /**
   * Whether user frames pass, protected with an agreed key: {@link MkaStatus#secured()} alone.
   *
   * @return true when they do
   */
  public boolean isSecured() {
    return controlledPort.isSecured();
  }

  /**
   * What the port is now.
   *
   * @return a snapshot
   */
  public MkaStatus status() {
    return reporter.report(lastNow, principal.holder());
  }

  /** The participant of a key, for tests. */
  MkaParticipant participant(Ckn ckn) {
    return Objects.requireNonNull(ring.participant(ckn), "a key of the port");
  }

  // The work.

  private void settle(long now) {
    lastNow = now;
    if (context.suspendedUntil != Suspension.NONE && context.suspendedUntil <= now) {
      endSuspension(now);
    }
    if (running) {
      ring.settle(now);
    }
    boolean moved = true;
    for (int round = 0; moved && round < MAX_ROUNDS; round++) {
      moved = false;
      for (MkaParticipant participant : ring.running()) {
        moved |= participant.settle(now);
      }
      moved |= principal.settle(now, ring.running());
      moved |= controlledPort.settle(now);
    }
    if (controlledPort.isInUse(principal.holder())) {
      ring.inUse(principal.holder());
    }
    for (MkaParticipant participant : ring.running()) {
      participant.flush(now);
    }
    calm.settled(now, context, ring, controlledPort, principal.holder());
  }

  private void settleUnlessCalm(long now) {
    if (calm.holds(now)) {
      rest(now);
    } else {
      settle(now);
    }
  }

  /** What is left of settling while nothing moves. */
  private void rest(long now) {
    lastNow = now;
    principal.holder().flush(now);
    calm.goesOn(principal.holder());
  }
}
