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
 * @param portEnabled whether the controlled port shall be enabled
 */
record CpState(
    Phase phase,
    @Nullable MkaKeyIdentifier latest,
    boolean latestRx,
    boolean latestTx,
    @Nullable MkaKeyIdentifier old,
    boolean oldTx,
    boolean portEnabled) {
  /** The states of figure 12-2 that carry a key. */
  enum Phase {
    /** No key, or only an old one; the port is disabled unless an old key is in use. */
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

  static final CpState INITIAL = new CpState(Phase.CHANGE, null, false, false, null, false, false);

  /** Whether a new key can come without cutting the latest one short. */
  boolean isSettled() {
    return phase == Phase.CHANGE || phase == Phase.TRANSMITTING || phase == Phase.RETIRE;
  }
}
