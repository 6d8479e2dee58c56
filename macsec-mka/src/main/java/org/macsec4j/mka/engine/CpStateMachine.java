package org.macsec4j.mka.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.MkaKeyIdentifier;
import org.macsec4j.mka.engine.CpState.Access;
import org.macsec4j.mka.engine.CpState.Phase;

/**
 * The Controlled Port machine (IEEE 802.1X 12.4, figure 12-2) as a pure function: a state and what
 * holds now give the next state and what is to be done.
 *
 * <p>It differs from the figure where the figure loses frames or hangs:
 *
 * <ul>
 *   <li>Another key server does not disable the port. The key in use stays until a newer one is, or
 *       until no peer is left.
 *   <li>A newer key that comes before the latest one is transmitted takes its place without
 *       touching the old one, which goes on transmitting. The one that is passed over is still
 *       received for a while, as others may have begun to transmit under it. So does an old key
 *       that gives way.
 *   <li>What is waited for is asked for again at each step, never remembered as an event. A result
 *       that is late, early or lost cannot leave the machine waiting for something that has been.
 *   <li>Between clear and protected lies {@link Access#SWITCHING}: frames are sent protected, and
 *       those in clear are received until every peer has switched too. Once secured, frames never
 *       pass in clear again until no peer is left.
 *   <li>In the steady state the key stays the latest one; it does not move to the old slot.
 * </ul>
 */
final class CpStateMachine {
  /**
   * What holds now.
   *
   * @param connected whether there is a live peer
   * @param newSak a key that was made or received and is not in the machine yet, null for none
   * @param ours whether we made the latest key
   * @param usingReceiveSas whether the SecY receives under the latest key from every live member
   * @param mayTransmit whether the others are ready for the latest key, or were waited for enough
   * @param usingTransmitSa whether the SecY transmits under the latest key
   * @param mayRetire whether nobody transmits under the old key any more, or long enough passed
   * @param clear what the access policy grants while no key is in use: nothing, or frames in clear
   * @param peersSwitched whether every live peer transmits under one of our keys
   */
  record Conditions(
      boolean connected,
      @Nullable MkaKeyIdentifier newSak,
      boolean ours,
      boolean usingReceiveSas,
      boolean mayTransmit,
      boolean usingTransmitSa,
      boolean mayRetire,
      Access clear,
      boolean peersSwitched) {}

  /** What is to be done. */
  enum Action {
    /** Every key goes at once. */
    DISCARD_ALL,
    /** The former latest key is received for a while, not transmitted. */
    LINGER_LATEST,
    /** The former old key is received for a while, not transmitted. */
    LINGER_OLD,
    /** The latest key is received: tell it, and begin to wait for the others. */
    LATEST_RECEIVED,
    /** The latest key is transmitted: tell it, and begin to wait for the old one's end. */
    LATEST_TRANSMITTED,
    /** The keys changed in a way that peers must hear of. */
    NEW_INFO
  }

  /** What follows. */
  record Transition(CpState next, List<Action> actions) {}

  private CpStateMachine() {}

  /** One step; the same state without actions when there is nothing to do. */
  static Transition step(CpState state, Conditions now) {
    if (!now.connected()) {
      return withoutKeys(state, now);
    }
    if (!state.access().isProtected() && state.access() != now.clear()) {
      return new Transition(state.with(now.clear()), List.of());
    }
    if (state.access() == Access.SWITCHING && now.peersSwitched()) {
      return new Transition(state.with(Access.SECURED), List.of());
    }
    if (now.newSak() != null) {
      return receive(state, now.newSak());
    }
    return switch (state.phase()) {
      case RECEIVE -> now.usingReceiveSas() ? received(state, now.ours()) : stay(state);
      case RECEIVING, READY -> now.mayTransmit() ? transmit(state) : stay(state);
      case TRANSMIT -> now.usingTransmitSa() ? transmitted(state) : stay(state);
      case TRANSMITTING -> state.old() == null || now.mayRetire() ? retire(state) : stay(state);
      case CHANGE, RETIRE -> stay(state);
    };
  }

  private static Transition stay(CpState state) {
    return new Transition(state, List.of());
  }

  /** INIT, UNAUTHENTICATED: without a peer no key can be used, whatever there is. */
  private static Transition withoutKeys(CpState state, Conditions now) {
    CpState next = CpState.withoutKeys(now.clear());
    return state.hasKeys() || now.newSak() != null
        ? new Transition(next, List.of(Action.DISCARD_ALL, Action.NEW_INFO))
        : new Transition(next, List.of());
  }

  /** RECEIVE: a newer key takes the latest slot. */
  private static Transition receive(CpState state, MkaKeyIdentifier newSak) {
    boolean inUse = state.latestTx();
    CpState next =
        new CpState(
            Phase.RECEIVE,
            newSak,
            false,
            false,
            inUse ? state.latest() : state.old(),
            inUse || state.oldTx(),
            state.access());
    MkaKeyIdentifier givesWay = inUse ? state.old() : state.latest();
    if (givesWay == null) {
      return new Transition(next, List.of());
    }
    return new Transition(next, List.of(inUse ? Action.LINGER_OLD : Action.LINGER_LATEST));
  }

  private static Transition received(CpState state, boolean ours) {
    CpState next =
        new CpState(
            ours ? Phase.RECEIVING : Phase.READY,
            state.latest(),
            true,
            false,
            state.old(),
            state.oldTx(),
            state.access());
    return new Transition(next, List.of(Action.LATEST_RECEIVED, Action.NEW_INFO));
  }

  private static Transition transmit(CpState state) {
    CpState next =
        new CpState(
            Phase.TRANSMIT,
            state.latest(),
            true,
            false,
            state.old(),
            state.oldTx(),
            state.access());
    return new Transition(next, List.of());
  }

  private static Transition transmitted(CpState state) {
    boolean switches = state.access().isClear() || state.access() == Access.SWITCHING;
    CpState next =
        new CpState(
            Phase.TRANSMITTING,
            state.latest(),
            true,
            true,
            state.old(),
            false,
            switches ? Access.SWITCHING : Access.SECURED);
    return new Transition(next, List.of(Action.LATEST_TRANSMITTED, Action.NEW_INFO));
  }

  private static Transition retire(CpState state) {
    CpState next =
        new CpState(Phase.RETIRE, state.latest(), true, true, null, false, state.access());
    return state.old() == null
        ? new Transition(next, List.of())
        : new Transition(next, List.of(Action.LINGER_OLD, Action.NEW_INFO));
  }

  /**
   * The state without a key that is taken away, because its association number is needed or because
   * its packet numbers cannot be trusted any more.
   */
  static CpState without(CpState state, MkaKeyIdentifier key) {
    if (key.equals(state.old())) {
      return new CpState(
          state.phase(),
          state.latest(),
          state.latestRx(),
          state.latestTx(),
          null,
          false,
          state.access());
    }
    if (key.equals(state.latest())) {
      return new CpState(
          Phase.CHANGE, null, false, false, state.old(), state.oldTx(), state.access());
    }
    return state;
  }
}
