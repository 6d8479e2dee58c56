package org.macsec4j.mka.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.macsec4j.AssociationNumber;
import org.macsec4j.PacketNumber;
import org.macsec4j.SecyResult;
import org.macsec4j.mka.MkaEvent;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.RekeyReason;
import org.macsec4j.mka.engine.CpState.Phase;

/**
 * The keys of a port and what becomes of them: joins the pure {@link CpStateMachine}, which
 * decides, and the {@link SecyDriver}, which acts.
 *
 * <p>It belongs to the port and not to a participant: when another CA takes over, the key in use
 * and the channels stay, and the new CA's key follows it as any newer key follows an older one.
 */
final class ControlledPort implements SecyDriver.Listener {
  private record Lingering(Sak sak, long until) {}

  /** Who is there. */
  interface Peers {
    /** All live peers of all CAs, of the deciding one first. */
    List<Peer> live();

    /**
     * The live peers of each CA; a system in several CAs says in each only which keys it has there.
     */
    List<Peer> inEveryCa();

    /** Whether the key server decided that MACsec is not used. */
    boolean isWithoutMacsec();
  }

  private final Peers livePeers;
  private final PortContext context;
  private final TimerTable<PortTimer> timers = new TimerTable<>(PortTimer.values().length);
  private final SecyDriver driver;
  private final AssociationNumberChoice choice;
  private final List<Lingering> lingering = new ArrayList<>(1);
  private CpState state = CpState.INITIAL;
  private @Nullable Sak latest;
  private @Nullable Sak old;
  private @Nullable Sak offered;
  private final ClearAccess clearAccess;
  private boolean stopped = true;
  private boolean wasSecured;

  ControlledPort(PortContext context, Peers livePeers) {
    this.context = context;
    this.livePeers = livePeers;
    this.clearAccess = new ClearAccess(context, timers);
    this.driver = new SecyDriver(context, this);
    this.choice = new AssociationNumberChoice(context, this, livePeers);
  }

  // What others ask.

  @Nullable Sak latest() {
    return latest;
  }

  @Nullable Sak old() {
    return old;
  }

  /** The newest key, whether it is in the machine yet or not. */
  @Nullable Sak newest() {
    return offered != null ? offered : latest;
  }

  SecyDriver secy() {
    return driver;
  }

  ClearAccess clearAccess() {
    return clearAccess;
  }

  CpState state() {
    return state;
  }

  /** Whether a new key can come without cutting the newest one short. */
  boolean isSettled() {
    return offered == null && state.isSettled();
  }

  /** Whether user frames pass, protected; while one key gives way to the next, with either. */
  boolean isSecured() {
    return driver.model().isPortEnabled() && inUse() != null;
  }

  /** Whether frames are transmitted under a key of a participant, as they should be. */
  boolean isInUse(MkaParticipant participant) {
    return latest != null && latest.owner() == participant && state.latestTx() && isSecured();
  }

  /** Whether a participant's newest key is in use by a peer, or new enough to come into use. */
  boolean isWorking(long now, MkaParticipant participant) {
    Sak newest = newest();
    if (newest == null || newest.owner() != participant) {
      return false;
    }
    return now - newest.createdAt() < context.helloNanos || participant.isReceivedByAny(newest);
  }

  /** The key that the SecY transmits with now; null for none. */
  private @Nullable Sak inUse() {
    if (latest != null && driver.model().transmits(latest)) {
      return latest;
    }
    return old != null && driver.model().transmits(old) ? old : null;
  }

  @Nullable String complaint() {
    return driver.complaint().orElse(null);
  }

  long nextDeadlineAfter(long now) {
    return timers.earliestAfter(now);
  }

  /** The association numbers that are in use; those of keys that only linger when asked for. */
  Set<AssociationNumber> associationNumbers(boolean withLingering) {
    Set<AssociationNumber> used = EnumSet.noneOf(AssociationNumber.class);
    for (Sak sak : new Sak[] {latest, old, offered}) {
      if (sak != null) {
        used.add(sak.an());
      }
    }
    if (withLingering) {
      lingering.forEach(entry -> used.add(entry.sak.an()));
    }
    return used;
  }

  /** Whether frames are sent, or about to be, under an association number. */
  boolean transmits(AssociationNumber an) {
    Sak sending = transmitting();
    return (sending != null && sending.an() == an)
        || (old != null && state.oldTx() && old.an() == an);
  }

  /** Which association number the next key gets. */
  AssociationNumberChoice choice() {
    return choice;
  }

  // What comes in.

  /** A key that was made, or received and found good. A newer one takes its place. */
  void offer(Sak sak) {
    if (offered != null) {
      discard(offered);
    }
    offered = sak;
  }

  boolean handleResult(long now, long commandId, SecyResult result) {
    return driver.handleResult(now, commandId, result);
  }

  /** True when a number reached its threshold, which is news. */
  boolean handlePacketNumber(AssociationNumber an, PacketNumber nextPn) {
    Sak sak = driver.model().transmit(an).sak();
    if (sak == null) {
      return false;
    }
    PacketNumber threshold = context.config.pnThreshold(sak.suite());
    boolean crossed = !sak.nextPn().isAtLeast(threshold) && nextPn.isAtLeast(threshold);
    sak.sawNextPn(nextPn);
    if (crossed) {
      sak.owner().news();
    }
    return crossed;
  }

  /** From now on the access policy counts. */
  void start(long now) {
    stopped = false;
    clearAccess.start(now);
  }

  /** Everything goes. */
  void stop() {
    stopped = true;
    clearAccess.stop();
    driver.stop();
  }

  // The work.

  /** Takes every step that can be taken; true when there was one. */
  boolean settle(long now) {
    boolean moved = false;
    clearAccess.judge(now, !livePeers.live().isEmpty(), livePeers.isWithoutMacsec());
    while (step(now)) {
      moved = true;
    }
    dropLingering(now);
    dropOrphans(now);
    driver.pursue(now, plan(), timers);
    clearAccess.report(driver.model().passesInClear());
    reportSecured();
    return moved;
  }

  private boolean step(long now) {
    takeRoomForOffered();
    CpStateMachine.Transition transition = CpStateMachine.step(state, conditions(now));
    CpState before = state;
    if (transition.next().equals(before) && transition.actions().isEmpty()) {
      return false;
    }
    state = transition.next();
    Sak formerLatest = latest;
    Sak formerOld = old;
    latest = find(state.latest(), formerLatest, formerOld);
    old = find(state.old(), formerLatest, formerOld);
    if (offered != null && offered == latest) {
      offered = null;
    }
    for (CpStateMachine.Action action : transition.actions()) {
      act(now, action, formerLatest, formerOld);
    }
    return true;
  }

  private @Nullable Sak find(
      @Nullable MkaKeyIdentifier identifier, @Nullable Sak formerLatest, @Nullable Sak formerOld) {
    if (identifier == null) {
      return null;
    }
    for (Sak sak : new Sak[] {offered, formerLatest, formerOld}) {
      if (sak != null && sak.identifier().equals(identifier)) {
        return sak;
      }
    }
    throw new IllegalStateException("the CP machine names a key that is not here: " + identifier);
  }

  private void act(
      long now, CpStateMachine.Action action, @Nullable Sak formerLatest, @Nullable Sak formerOld) {
    switch (action) {
      case DISCARD_ALL -> discardAll(formerLatest, formerOld);
      case LINGER_LATEST -> linger(now, formerLatest);
      case LINGER_OLD -> linger(now, formerOld);
      case LATEST_RECEIVED -> {
        timers.set(PortTimer.TRANSMIT, now + patience());
        if (latest != null) {
          context.event(new MkaEvent.SakInstalled(latest.identifier(), latest.an()));
        }
      }
      case LATEST_TRANSMITTED -> {
        timers.clear(PortTimer.TRANSMIT);
        timers.set(PortTimer.RETIRE, now + context.retireNanos + 2 * context.lifeNanos);
        context.counters.saksInstalled++;
        if (latest != null) {
          context.event(new MkaEvent.SakInUse(latest.identifier(), latest.an()));
        }
      }
      case NEW_INFO -> {
        if (latest != null) {
          latest.owner().news();
        }
      }
    }
  }

  /**
   * How long the others are waited for. The life time, unless somebody has no key at all meanwhile,
   * we or a new member: then a hello time, so that one dead member does not keep out a living one.
   */
  private long patience() {
    boolean urgent = !state.access().isProtected() || (latest != null && latest.isUrgent());
    return urgent ? context.helloNanos : context.lifeNanos;
  }

  private void linger(long now, @Nullable Sak sak) {
    if (sak != null) {
      lingering.add(new Lingering(sak, now + context.retireNanos));
    }
  }

  private void dropLingering(long now) {
    if (lingering.isEmpty()) {
      timers.clear(PortTimer.LINGER);
      return;
    }
    lingering.removeIf(
        entry -> {
          if (entry.until > now || entry.sak.isNeededByAny()) {
            return false;
          }
          discard(entry.sak);
          return true;
        });
    timers.set(
        PortTimer.LINGER,
        lingering.stream().mapToLong(Lingering::until).min().orElse(TimerTable.NEVER));
  }

  /**
   * The key of a CA that is no more stays until another CA has one. Its members take a life time to
   * find out; what is not replaced after two will not be.
   */
  private void dropOrphans(long now) {
    boolean orphaned = latest != null && !latest.owner().isRunning() && offered == null;
    if (!orphaned || stopped) {
      timers.clear(PortTimer.ORPHAN);
    } else if (timers.deadline(PortTimer.ORPHAN) == TimerTable.NEVER) {
      timers.set(PortTimer.ORPHAN, now + 2 * context.lifeNanos);
    } else if (timers.isDue(PortTimer.ORPHAN, now)) {
      timers.clear(PortTimer.ORPHAN);
      remove(Objects.requireNonNull(latest));
    }
  }

  private void discard(Sak sak) {
    context.event(new MkaEvent.SakRetired(sak.identifier(), sak.an()));
    driver.discard(sak);
  }

  private void discardAll(@Nullable Sak formerLatest, @Nullable Sak formerOld) {
    for (Sak sak : new Sak[] {offered, formerLatest, formerOld}) {
      if (sak != null) {
        discard(sak);
        if (!sak.isOurs() && !stopped) {
          sak.owner().keyForgotten(sak);
        }
      }
    }
    offered = null;
    lingering.forEach(entry -> discard(entry.sak));
    lingering.clear();
    timers.clear(PortTimer.TRANSMIT);
    timers.clear(PortTimer.RETIRE);
  }

  /** A key server that does not know our keys may hand out an association number that we use. */
  private void takeRoomForOffered() {
    Sak coming = offered;
    if (coming == null || isSwitching()) {
      return;
    }
    lingering.removeIf(
        entry -> {
          boolean inTheWay = entry.sak.an() == coming.an();
          if (inTheWay) {
            discard(entry.sak);
          }
          return inTheWay;
        });
    if (old != null && old.an() == coming.an()) {
      remove(old);
    }
    if (latest != null && latest.an() == coming.an()) {
      remove(latest);
    }
  }

  private void remove(Sak sak) {
    state = CpStateMachine.without(state, sak.identifier());
    latest = sak == latest ? null : latest;
    old = sak == old ? null : old;
    discard(sak);
  }

  // Conditions.

  /**
   * What holds now, as far as the machine asks for it in its phase; this is done for each MKPDU.
   */
  private CpStateMachine.Conditions conditions(long now) {
    Sak key = latest;
    Phase phase = state.phase();
    return new CpStateMachine.Conditions(
        !stopped && !livePeers.live().isEmpty(),
        offered == null || isSwitching() ? null : offered.identifier(),
        key != null && key.isOurs(),
        key != null && phase == Phase.RECEIVE && driver.receivesAll(livePeers.live(), key),
        key != null
            && (phase == Phase.RECEIVING || phase == Phase.READY)
            && KeyProgress.mayTransmit(key, old == null, timers.isDue(PortTimer.TRANSMIT, now)),
        key != null && phase == Phase.TRANSMIT && driver.model().transmits(key),
        key != null
            && phase == Phase.TRANSMITTING
            && (timers.isDue(PortTimer.RETIRE, now) || KeyProgress.isTransmittedByAll(key)),
        clearAccess.granted(),
        key != null
            && state.access() == CpState.Access.SWITCHING
            && KeyProgress.isSwitched(livePeers.live(), key, old));
  }

  /**
   * Whether the SecY is just being told to transmit under the latest key, and does not refuse. It
   * may already do so, and to turn back to the old key for the sake of a newer one would lose
   * frames to those who have the latest key alone; so the newer one waits for the answer.
   */
  private boolean isSwitching() {
    return state.phase() == Phase.TRANSMIT && isBeginning() && !driver.isRefused();
  }

  private boolean isBeginning() {
    return latest != null && latest.hasLiveMember();
  }

  // The plan.

  private SecyPlan plan() {
    if (stopped) {
      return SecyPlan.nothing(context.protection);
    }
    Sak transmit = transmitting();
    Protection protection =
        clearAccess.protection(state.access(), latest != null, transmit != null);
    return new SecyPlan(
        receiving(), livePeers.live(), latest, transmit, state.portEnabled(), protection);
  }

  /** The keys to receive with. */
  private List<Sak> receiving() {
    if (old == null && lingering.isEmpty()) {
      return latest == null ? List.of() : List.of(latest);
    }
    List<Sak> receive = new ArrayList<>();
    if (latest != null) {
      receive.add(latest);
    }
    if (old != null) {
      receive.add(old);
    }
    lingering.forEach(entry -> receive.add(entry.sak));
    return receive;
  }

  /** The key to transmit with. */
  private @Nullable Sak transmitting() {
    boolean begins = state.phase() == Phase.TRANSMIT && isBeginning();
    return state.latestTx() || begins ? latest : old;
  }

  private void reportSecured() {
    boolean secured = isSecured();
    Sak sending = inUse();
    if (secured && !wasSecured && sending != null) {
      context.event(new MkaEvent.Secured(sending.identifier()));
    } else if (!secured && wasSecured) {
      context.event(new MkaEvent.Unsecured());
    }
    wasSecured = secured;
  }

  // What the driver tells.

  @Override
  public void transmitKeyLost(Sak key) {
    if (key == latest || key == old) {
      remove(key);
    }
    wantAnother(key);
  }

  @Override
  public void receiveKeyLost(Sak key) {
    if (key == newest()) {
      wantAnother(key);
    }
  }

  private static void wantAnother(Sak key) {
    if (key.isOurs()) {
      key.owner().lifecycle().request(RekeyReason.SECY_REFUSED);
    } else {
      // The key server has to believe that we came anew, or it will not give us another key.
      key.owner().startOver();
    }
  }

  @Override
  public void suiteRefused(Sak key) {
    key.owner().suiteRefused(key.suite());
  }
}
