package org.macsec4j;

import java.util.Optional;

/**
 * A transmit SA as observed; the key itself is never read back.
 *
 * @param an which SA of the channel
 * @param key the identifier of its key
 * @param nextPn the number of the next frame; 0 when the numbers are used up
 * @param ssci its SSCI, with an XPN suite
 * @param enabled whether it may transmit
 * @param counters what it counted
 */
public record TransmitSaSnapshot(
    AssociationNumber an,
    KeyIdentifier key,
    PacketNumber nextPn,
    Optional<Ssci> ssci,
    boolean enabled,
    Counters<TransmitSaCounter> counters) {
  /**
   * Whether its last packet number was used; it sends no more then, whatever is done to it.
   *
   * @return true when {@link #nextPn()} is 0
   */
  public boolean isExhausted() {
    return nextPn.value() == 0;
  }
}
