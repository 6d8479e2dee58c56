package org.macsec4j.mka.engine;

import org.jspecify.annotations.Nullable;
import org.macsec4j.mka.MkaKeyIdentifier;

/**
 * The state of the Controlled Port machine (IEEE 802.1X 12.4).
 *
 * @param phase where the latest key is on its way
 * @param latest the latest key, null for none
 * @param latestRx whether it is received (LRX)
 * @param latestTx whether it is transmitted (LTX)
 * @param old the key before it, null for none
 * @param oldTx whether that is still transmitted (OTX); it is received (ORX) as long as it is here
 * @param access what may pass
 */
record CpState(
    Phase phase,
    @Nullable MkaKeyIdentifier latest,
    boolean latestRx,
    boolean latestTx,
    @Nullable MkaKeyIdentifier old,
    boolean oldTx,
    Access access) {
  /** What may pass the controlled port: the states of figure 12-2 seen from the user frames. */
  enum Access {
    /** Nothing: the port is disabled. */
    PENDING,
    /** Frames in clear, although no peer is live. */
    UNAUTHENTICATED,
    /** Frames in clear, between live peers. */
    AUTHENTICATED,
    /** Protected frames; frames in clear of peers that have not switched yet are still received. */
    SWITCHING,
    /** Protected frames, and nothing else until no peer is left. */
    SECURED;

    boolean isClear() {
      return this == UNAUTHENTICATED || this == AUTHENTICATED;
    }

    boolean isProtected() {
      return this == SWITCHING || this == SECURED;
    }
  }

  /** The states of figure 12-2 that carry a key. */
  enum Phase {
    /** No key, or only an old one; what passes then is a matter of the access. */
    CHANGE,
    /** The SecY is being told to receive under the latest key. */
    RECEIVE,
    /** Key server: received; waiting until the others receive too. */
    RECEIVING,
    /** Other member: received; waiting until the key server transmits. */
    READY,
    /** The SecY is being told to transmit under the latest key. */
    TRANSMIT,
    /** Transmitted; the old key is still received. */
    TRANSMITTING,
    /** Steady: the latest key alone is in use. */
    RETIRE
  }

  static final CpState INITIAL = withoutKeys(Access.PENDING);

  /** No key at all. */
  static CpState withoutKeys(Access access) {
    return new CpState(Phase.CHANGE, null, false, false, null, false, access);
  }

  CpState with(Access other) {
    return new CpState(phase, latest, latestRx, latestTx, old, oldTx, other);
  }

  boolean hasKeys() {
    return latest != null || old != null;
  }

  /** Whether the controlled port shall be enabled. */
  boolean portEnabled() {
    return access != Access.PENDING;
  }

  /** Whether a new key can come without cutting the latest one short. */
  boolean isSettled() {
    return phase == Phase.CHANGE || phase == Phase.TRANSMITTING || phase == Phase.RETIRE;
  }
}
